import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

import type { StorageChoice } from '#host/storage/disk.ts';

import { BareMachinery } from './bench-page/bare-machinery.ts';
import { measureCell, serve, type Cell } from './bench-page/cell.ts';
import { chartOf } from './bench-page/chart.ts';
import { documentOf } from './bench-page/document.ts';
import { measureGrowth } from './bench-page/endurance.ts';
import { measureRecovery } from './bench-page/recovery.ts';
import { argumentsIn, numberIn } from './command.ts';
import { openLab, withServedLab, type ServedLab } from './lab-in-browser.ts';
import { measured, type Measurement } from './stopwatch.ts';

const usage = 'npm run -s bench -- page [--replicas 4,7,10,13] [--operations N]';
const batches = [1, 10, 100];

const relaxed: StorageChoice = { kind: 'indexed-db', durability: 'relaxed' };
const disks: readonly StorageChoice[] = [
  relaxed,
  { kind: 'indexed-db', durability: 'strict' },
  { kind: 'opfs', durability: 'relaxed' },
  { kind: 'opfs', durability: 'strict' },
];

/**
 * What the protocol serves in a browser, signed and durable, beside the same machinery without it. Writes the chart and
 * the page that shows it.
 */
export function benchPage(args: readonly string[]): Promise<readonly Measurement[]> {
  const { sizes, operations } = optionsIn(args);
  const on = machine();
  return withServedLab(async (lab) => {
    const cells = await cellsOf(lab, sizes);
    const more = [
      ...(await recovery(lab)),
      ...(await durability(lab)),
      ...(await growth(lab, operations)),
    ];
    await writeFile(fileIn('benchmark.svg'), chartOf(cells, on));
    await writeFile(fileIn('benchmark.md'), documentOf(cells, more, on));
    return [...cells.flatMap(measurementsOf), ...more];
  });
}

function fileIn(name: string): string {
  return fileURLToPath(new URL(`../host/live/${name}`, import.meta.url));
}

interface BenchOptions {
  readonly sizes: readonly number[];
  /** How long a run has to be for its memory and its disks to be looked at. */
  readonly operations: number;
}

function optionsIn(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const options = { operations: text, replicas: text };
  const { values } = argumentsIn({ args: [...args], options }, usage);
  const { operations = '100000', replicas = '4,7,10,13' } = values;
  return {
    sizes: replicas.split(',').map((n) => numberIn('replicas', n, 4)),
    operations: numberIn('operations', operations, 1000),
  };
}

/** The machine, and what else it had to do. */
function machine(): string {
  const [cpu] = cpus();
  const [busy = 0] = loadavg();
  const what = `${cpus().length} cores of ${cpu?.model.trim() ?? 'an unknown processor'}`;
  return `${what}, headless Chromium, a load average of ${busy.toFixed(1)} when it began`;
}

async function cellsOf(lab: ServedLab, sizes: readonly number[]): Promise<readonly Cell[]> {
  const page = await openLab(lab, '?live=1', []);
  const bare = await BareMachinery.open(await lab.browser.newContext(), lab.address);
  const cells: Cell[] = [];
  for (const n of sizes) {
    for (const batch of batches) {
      const cell = await measureCell(page, bare, { n, batch, storage: relaxed });
      const says =
        cell === undefined ? 'nothing is served' : `${Math.round(cell.live.perSecond)}/s`;
      process.stderr.write(`n = ${n}, batch ${batch}: ${says}\n`);
      if (cell !== undefined) cells.push(cell);
    }
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
    const served = await serve(page, { n: 4, batch: 10, storage });
    if (served === undefined) continue;
    const where = storage.kind === 'memory' ? 'memory' : `${storage.kind}, ${storage.durability}`;
    const name = `operations, n = 4, batch 10, ${where}`;
    found.push(measured({ name, value: served.perSecond }, '1/s'));
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
