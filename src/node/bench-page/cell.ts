import { setTimeout as pause } from 'node:timers/promises';

import type { Page } from '@playwright/test';

import { assert } from '#core/base/assert.ts';
import type { LiveOptions, LiveSample, LiveTotals } from '#host/live/live-report.ts';
import type { StorageChoice } from '#host/storage/disk.ts';

import type { BareMachinery } from './bare-machinery.ts';

/** A cluster size, a batch, and where the disks are. */
export interface Shape {
  readonly n: number;
  readonly batch: number;
  readonly storage: StorageChoice;
}

/** What one run has served. */
export interface Served {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of one operation. */
  readonly each: LiveTotals;
}

/** The protocol and the machinery under it, in one place of the table. */
export interface Cell extends Shape {
  readonly live: Served;
  readonly bare: Served;
  readonly ratio: number;
}

const pipeline = 4;
const warmMs = 1500;
const windows = 4;
const windowMs = 1000;
const patienceMs = 20_000;

/** So many that batches fill. */
export function loadOf({ n, batch, storage }: Shape): LiveOptions {
  const clients = Math.max(16, pipeline * batch);
  return { n, seed: 1, batchMax: batch, pipeline, load: { kind: 'closed', clients }, storage };
}

/**
 * Runs the protocol, then machinery that stores as many bytes for an operation. Undefined where this machine is too slow
 * to serve anything before replicas lose patience.
 */
export async function measureCell(
  lab: Page,
  bare: BareMachinery,
  shape: Shape,
): Promise<Cell | undefined> {
  const live = await serve(lab, shape);
  if (live === undefined) return undefined;
  const { load, seed, batchMax } = loadOf(shape);
  const { windows: measured, totals } = await bare.run({
    n: shape.n,
    seed,
    batchMax,
    pipeline,
    clients: load.clients,
    storage: shape.storage,
    storedBytes: live.each.commitBytes / shape.n,
    commits: live.each.commits / shape.n,
    warmMs,
    windows,
    windowMs,
  });
  const machinery = bestOf(
    measured.map(({ operations, ms, latencyMs }) => ({
      operations,
      perSecond: (operations * 1000) / ms,
      p50Ms: latencyMs?.p50 ?? Number.NaN,
      p99Ms: latencyMs?.p99 ?? Number.NaN,
    })),
    totals,
  );
  return { ...shape, live, bare: machinery, ratio: live.perSecond / machinery.perSecond };
}

/** A run without faults: warm, measured, judged. Undefined: nothing was served. */
export async function serve(lab: Page, shape: Shape): Promise<Served | undefined> {
  await lab.evaluate((wanted) => window.pbftLab.live.start(wanted), loadOf(shape));
  await pause(warmMs);
  const first = await sampleOf(lab);
  if (first === undefined) {
    await lab.evaluate(() => window.pbftLab.live.stop());
    return undefined;
  }
  const measured: Window[] = [];
  let from = first;
  for (let i = 0; i < windows; i++) {
    const latencies: NonNullable<LiveSample['latencyMs']>[] = [];
    let to = from;
    while (to.atMs - from.atMs < windowMs) {
      await pause(125);
      to = (await sampleOf(lab)) ?? to;
      if (to.latencyMs !== null) latencies.push(to.latencyMs);
    }
    const operations = to.acknowledged - from.acknowledged;
    measured.push({
      operations,
      perSecond: (operations * 1000) / (to.atMs - from.atMs),
      p50Ms: median(latencies.map(({ p50 }) => p50)),
      p99Ms: median(latencies.map(({ p99 }) => p99)),
    });
    from = to;
  }
  const { totals } = from;
  const result = await lab.evaluate(() => window.pbftLab.live.stop());
  assert(result.violations.length === 0, `nothing is violated: ${result.violations.join(' ')}`);
  const spent = (name: keyof LiveTotals): number => totals[name] - first.totals[name];
  return bestOf(measured, {
    messages: spent('messages'),
    bytes: spent('bytes'),
    signatures: spent('signatures'),
    verifications: spent('verifications'),
    commits: spent('commits'),
    commitBytes: spent('commitBytes'),
  });
}

interface Window extends Omit<Served, 'each'> {
  readonly operations: number;
}

/** The best window: the others were disturbed. What an operation costs is over all of them. */
function bestOf(measured: readonly Window[], totals: LiveTotals): Served {
  const [best] = [...measured].sort((a, b) => b.perSecond - a.perSecond);
  assert(best !== undefined, 'there is a window');
  const operations = measured.reduce((sum, window) => sum + window.operations, 0);
  const { perSecond, p50Ms, p99Ms } = best;
  return { perSecond, p50Ms, p99Ms, each: eachOf(totals, operations) };
}

/** What was measured last, once so many operations are acknowledged; undefined when there come no more. */
export async function sampleOf(lab: Page, acknowledged = 1): Promise<LiveSample | undefined> {
  let most = 0;
  let grewMs = performance.now();
  while (performance.now() - grewMs < patienceMs) {
    const sample = await lab.evaluate(() => window.pbftLab.live.sample());
    if (sample !== undefined && sample.acknowledged >= acknowledged) return sample;
    const now = sample?.acknowledged ?? 0;
    if (now > most) [most, grewMs] = [now, performance.now()];
    await pause(100);
  }
  return undefined;
}

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function eachOf(totals: LiveTotals, operations: number): LiveTotals {
  return {
    messages: totals.messages / operations,
    bytes: totals.bytes / operations,
    signatures: totals.signatures / operations,
    verifications: totals.verifications / operations,
    commits: totals.commits / operations,
    commitBytes: totals.commitBytes / operations,
  };
}
