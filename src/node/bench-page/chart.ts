import { scaleBand, scaleLog } from 'd3-scale';

import type { Cell } from './cell.ts';

const width = 760;
const height = 320;
const margins = { top: 44, right: 16, bottom: 46, left: 64 };

/** Colours that a light and a dark page both show. */
const fills = { live: '#2a7fb0', bare: '#9aa0a8' } as const;
const ink = '#6b7280';

/** Operations a second over replicas and batch, the protocol beside its bare machinery: an SVG on its own. */
export function chartOf(cells: readonly Cell[], machine: string): string {
  const names = cells.map(nameOf);
  const x = scaleBand(names, [margins.left, width - margins.right]).padding(0.22);
  const rates = cells.flatMap(({ live, bare }) => [live.perSecond, bare.perSecond]);
  const bottom = height - margins.bottom;
  const lowest = 10 ** Math.floor(Math.log10(Math.max(1, Math.min(...rates))));
  const highest = 10 ** Math.ceil(Math.log10(Math.max(10, ...rates)));
  // What is served too rarely to be seen stands on the axis.
  const y = scaleLog([lowest, highest], [bottom, margins.top]).clamp(true);
  const decades = Array.from(
    { length: Math.round(Math.log10(highest / lowest)) + 1 },
    (_, power) => lowest * 10 ** power,
  );
  const half = x.bandwidth() / 2;
  const top = (rate: number): number => y(Math.max(lowest, rate));
  const bar = (left: number, rate: number, fill: string): string =>
    `<rect x="${fixed(left)}" y="${fixed(top(rate))}" width="${fixed(half)}" height="${fixed(bottom - top(rate))}" fill="${fill}"/>`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, sans-serif" font-size="11.5" fill="${ink}">`,
    `<title>Operations a second: the protocol and bare machinery, ${machine}</title>`,
    legend(margins.left, fills.live, 'the protocol'),
    legend(margins.left + 120, fills.bare, 'bare machinery: the same without a protocol'),
    ...decades.map(
      (rate) =>
        `<path d="M${margins.left},${fixed(y(rate))}H${width - margins.right}" stroke="${ink}" stroke-opacity="0.3"/><text x="${margins.left - 8}" y="${fixed(y(rate) + 4)}" text-anchor="end">${rate}/s</text>`,
    ),
    ...cells.map((cell) => {
      const left = x(nameOf(cell)) ?? 0;
      return [
        bar(left, cell.live.perSecond, fills.live),
        bar(left + half, cell.bare.perSecond, fills.bare),
        `<text x="${fixed(left + half)}" y="${fixed(Math.min(top(cell.live.perSecond), top(cell.bare.perSecond)) - 5)}" text-anchor="middle">${cell.ratio.toFixed(2)}</text>`,
        `<text x="${fixed(left + half)}" y="${bottom + 16}" text-anchor="middle">b ${cell.batch}</text>`,
        `<text x="${fixed(left + half)}" y="${bottom + 31}" text-anchor="middle">n ${cell.n}</text>`,
      ].join('');
    }),
    '</svg>',
  ].join('\n')}\n`;
}

function nameOf({ n, batch }: Cell): string {
  return `${n}/${batch}`;
}

function legend(left: number, fill: string, words: string): string {
  return `<rect x="${left}" y="10" width="12" height="12" fill="${fill}"/><text x="${left + 18}" y="20">${words}</text>`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
