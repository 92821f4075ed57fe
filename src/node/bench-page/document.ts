import type { Measurement } from '#node/stopwatch.ts';

import type { Cell } from './cell.ts';

/** What a run has found, as a page that is kept beside the chart. */
export function documentOf(
  cells: readonly Cell[],
  more: readonly Measurement[],
  machine: string,
): string {
  return `# Live mode, measured

Written by \`npm run -s bench -- page\` in one run: ${machine}. *Bare* is the same number of signatures, verifications, hops, bytes and commits on the same number of workers without a protocol ([bare](bare/README.md)); of each, the best of four seconds. Only ratios can be compared between machines.

![Operations a second, the protocol beside bare machinery](benchmark.svg)

${tableOf(cells)}

Commits, signatures and verifications are those of one operation, on all replicas.

| | |
| --- | --: |
${more.map(rowOf).join('\n')}
`;
}

function rowOf({ name, value, unit, reference }: Measurement): string {
  const beside = reference === undefined ? '' : `, ${reference.ratio} × ${reference.name}`;
  return `| ${name} | ${amountOf(value, unit)}${beside} |`;
}

function amountOf(value: number, unit: Measurement['unit']): string {
  if (unit === 'B') return `${short(value / 1e6)} MB`;
  return unit === '1/s' ? `${short(value)}/s` : `${short(value)} ${unit}`;
}

function tableOf(cells: readonly Cell[]): string {
  const rows = cells.map(({ n, batch, live, bare, ratio }) => {
    const counts = (['commits', 'signatures', 'verifications'] as const).flatMap((name) => [
      live.each[name],
      bare.each[name],
    ]);
    const figures = [live.perSecond, bare.perSecond, ratio, live.p50Ms, bare.p50Ms, live.p99Ms];
    return `| ${[n, batch, ...[...figures, ...counts].map(short)].join(' | ')} |`;
  });
  const columns =
    'n | batch | operations/s | bare | ratio | p50 ms | bare | p99 ms | commits | bare | signed | bare | verified | bare';
  return [`| ${columns} |`, `|${' --: |'.repeat(14)}`, ...rows].join('\n');
}

function short(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
