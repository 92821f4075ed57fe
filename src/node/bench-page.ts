import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

import type { StorageChoice } from '#host/storage/disk.ts';

import { BareMachinery } from './bench-page/bare-machinery.ts';
import { measureCell, serve, type Cell } from './bench-page/cell.ts';
import { chartOf } from './bench-page/chart.ts';
import { measureGrowth } from './bench-page/endurance.ts';
import { measureRecovery } from './bench-page/recovery.ts';
import { argumentsIn, numberIn } from './command.ts';
import { openLab, withServedLab, type ServedLab } from './lab-in-browser.ts';
import { measured, type Measurement } from './stopwatch.ts';

const usage = 'npm run -s bench -- page [--operations N]';
const sizes = [4, 7, 10, 13];
const batches = [1, 10, 100];
const chart = fileURLToPath(new URL('../host/live/benchmark.svg', import.meta.url));

const relaxed: StorageChoice = { kind: 'indexed-db', durability: 'relaxed' };
const disks: readonly StorageChoice[] = [
  relaxed,
  { kind: 'indexed-db', durability: 'strict' },
  { kind: 'opfs', durability: 'relaxed' },
  { kind: 'opfs', durability: 'strict' },
];

/** What the protocol serves in a browser, signed and durable, beside the same machinery without it. Draws the chart. */
export function benchPage(args: readonly string[]): Promise<readonly Measurement[]> {
  const operations = operationsIn(args);
  return withServedLab(async (lab) => {
    const cells = await cellsOf(lab);
    await writeFile(chart, chartOf(cells, machine()));
    process.stderr.write(`${machine()}\n\n${tableOf(cells)}\n`);
    return [
      ...cells.flatMap(measurementsOf),
      ...(await recovery(lab)),
      ...(await durability(lab)),
      ...(await growth(lab, operations)),
    ];
  });
}

/** How long a run has to be for its memory and its disks to be looked at. */
function operationsIn(args: readonly string[]): number {
  const options = { operations: { type: 'string' } } as const;
  const { operations = '100000' } = argumentsIn({ args: [...args], options }, usage).values;
  return numberIn('operations', operations, 1000);
}

function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} cores of ${cpu?.model.trim() ?? 'an unknown processor'}`;
}

async function cellsOf(lab: ServedLab): Promise<readonly Cell[]> {
  const page = await openLab(lab, '?live=1', []);
  const bare = await BareMachinery.open(await lab.browser.newContext(), lab.address);
  const cells: Cell[] = [];
  for (const n of sizes) {
    for (const batch of batches)
      cells.push(await measureCell(page, bare, { n, batch, storage: relaxed }));
  }
  await page.context().close();
  return cells;
}

function measurementsOf({ n, batch, live, bare }: Cell): readonly Measurement[] {
  const name = `operations, n = ${n}, batch ${batch}`;
  const machinery = { name: 'bare machinery', value: bare.perSecond };
  return [
    measured({ name, value: live.perSecond }, '1/s', machinery),
    measured({ name: `median latency, n = ${n}, batch ${batch}`, value: live.p50Ms }, 'ms', {
      name: 'bare machinery',
      value: bare.p50Ms,
    }),
  ];
}

async function recovery(lab: ServedLab): Promise<readonly Measurement[]> {
  const page = await openLab(lab, '?live=1', []);
  const { times, p50Ms, maxMs } = await measureRecovery(page, {
    n: 4,
    batch: 10,
    storage: relaxed,
  });
  await page.context().close();
  return [
    measured({ name: `terminate() to voting again, median of ${times}`, value: p50Ms }, 'ms'),
    measured({ name: `terminate() to voting again, longest of ${times}`, value: maxMs }, 'ms'),
  ];
}

async function durability(lab: ServedLab): Promise<readonly Measurement[]> {
  const page = await openLab(lab, '?live=1', []);
  const found: Measurement[] = [];
  for (const storage of disks) {
    const { perSecond } = await serve(page, { n: 4, batch: 10, storage });
    const where = storage.kind === 'memory' ? 'memory' : `${storage.kind}, ${storage.durability}`;
    const name = `operations, n = 4, batch 10, ${where}`;
    found.push(measured({ name, value: perSecond }, '1/s'));
  }
  await page.context().close();
  return found;
}

async function growth(lab: ServedLab, operations: number): Promise<readonly Measurement[]> {
  const page = await openLab(lab, '?live=1', []);
  const shape = { n: 4, batch: 100, storage: relaxed };
  const [early, late] = await measureGrowth(lab.browser, page, shape, operations);
  if (early === undefined || late === undefined) return [];
  const after = `after ${late.operations} operations`;
  const before = `after ${early.operations} operations`;
  const storage = measured({ name: `all disks ${after}`, value: late.storageBytes }, 'B', {
    name: before,
    value: early.storageBytes,
  });
  if (late.memoryBytes === undefined || early.memoryBytes === undefined) return [storage];
  const memory = { name: `the page’s process ${after}`, value: late.memoryBytes };
  return [storage, measured(memory, 'B', { name: before, value: early.memoryBytes })];
}

function tableOf(cells: readonly Cell[]): string {
  const head =
    '| n | batch | operations/s | bare | ratio | p50 ms | bare | p99 ms | commits | bare | signed | bare | verified | bare |';
  const rule = `|${' --: |'.repeat(14)}`;
  const rows = cells.map(({ n, batch, live, bare, ratio }) => {
    const counts = (['commits', 'signatures', 'verifications'] as const).flatMap((name) => [
      live.each[name],
      bare.each[name],
    ]);
    const figures = [live.perSecond, bare.perSecond, ratio, live.p50Ms, bare.p50Ms, live.p99Ms];
    return `| ${[n, batch, ...[...figures, ...counts].map((value) => short(value))].join(' | ')} |`;
  });
  return [head, rule, ...rows].join('\n');
}

function short(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
