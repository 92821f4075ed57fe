import { setTimeout as pause } from 'node:timers/promises';

import type { Page } from '@playwright/test';

import type { LiveOptions, LiveResult } from '#host/live/live-report.ts';

import { type Deed, FaultPlan, faultKinds } from './fault-plan.ts';

/** How long, under which faults, of how many replicas. */
export interface SoakOptions {
  readonly n: number;
  readonly seed: number;
  readonly ms: number;
}

/** What a soak has come to (pbft-lab/soak@1). */
export interface SoakReport {
  readonly format: 'pbft-lab/soak@1';
  readonly n: number;
  readonly seed: number;
  readonly seconds: number;
  readonly operations: number;
  readonly operationsPerSecond: number;
  /** Deeds that were done, by kind. */
  readonly deeds: Readonly<Record<Deed['do'], number>>;
  readonly lost: number;
  readonly executedTwice: number;
  readonly contradictions: number;
  readonly unequalStates: number;
  readonly violations: readonly string[];
  readonly stateDigests: LiveResult['stateDigests'];
  /** Why it is no success. */
  readonly failures: readonly string[];
}

/** A load that keeps a small machine busy and leaves it time for view changes. */
function loadOf({ n, seed }: SoakOptions): LiveOptions {
  return {
    n,
    seed,
    batchMax: 16,
    pipeline: 4,
    checkpointInterval: 32,
    load: { kind: 'closed', clients: 24 },
    storage: { kind: 'indexed-db', durability: 'relaxed' },
  };
}

/** Runs a load in the lab on `page` while faults come and go, and judges what has become of it. */
export async function soak(page: Page, options: SoakOptions): Promise<SoakReport> {
  const load = loadOf(options);
  await page.evaluate((wanted) => window.pbftLab.live.start(wanted), load);
  const plan = new FaultPlan(options.n, options.seed);
  const deeds = { crash: 0, restart: 0, pause: 0, resume: 0, partition: 0, heal: 0, byzantine: 0 };
  const startMs = performance.now();
  for (;;) {
    const { atMs, deed } = plan.next();
    if (atMs >= options.ms) break;
    await pause(Math.max(0, startMs + atMs - performance.now()));
    await doOn(page, deed);
    if (deed.do !== 'byzantine' || deed.behaviour !== 'correct') deeds[deed.do] += 1;
  }
  await pause(Math.max(0, startMs + options.ms - performance.now()));
  const result = await page.evaluate(() => window.pbftLab.live.stop());
  return reportOf(options, deeds, result);
}

async function doOn(page: Page, deed: Deed): Promise<void> {
  await page.evaluate(async (what) => {
    const { live } = window.pbftLab;
    switch (what.do) {
      case 'crash':
        return live.crash(what.replica);
      case 'restart':
        return live.restart(what.replica);
      case 'pause':
        return live.pause(what.replica);
      case 'resume':
        return live.resume(what.replica);
      case 'partition':
        return live.partition(what.groups);
      case 'heal':
        return live.heal();
      case 'byzantine':
        return live.byzantine(what.replica, what.behaviour);
    }
  }, deed);
}

function reportOf(
  { n, seed }: SoakOptions,
  deeds: SoakReport['deeds'],
  result: LiveResult,
): SoakReport {
  const { acknowledged, durationMs, lost, executedTwice, contradictions, unequalStates } = result;
  const bad = { lost, executedTwice, contradictions, unequalStates };
  return {
    format: 'pbft-lab/soak@1',
    n,
    seed,
    seconds: Math.round(durationMs / 100) / 10,
    operations: acknowledged,
    operationsPerSecond: Math.round((acknowledged * 1000) / durationMs),
    deeds,
    ...bad,
    violations: result.violations,
    stateDigests: result.stateDigests,
    failures: [
      ...(acknowledged === 0 ? ['no operation was served'] : []),
      ...faultKinds.filter((kind) => deeds[kind] === 0).map((kind) => `no ${kind} happened`),
      ...Object.entries(bad).flatMap(([name, count]) => (count === 0 ? [] : [`${name}: ${count}`])),
      ...result.violations,
    ],
  };
}

/** A soak in one line. */
export function lineOf(report: SoakReport): string {
  const { operations, seconds, deeds, lost, executedTwice, contradictions, unequalStates } = report;
  const faults = faultKinds.map((kind) => `${deeds[kind]} ${kind}`).join(', ');
  return (
    `soak: ${operations} operations in ${seconds} s under ${faults}; ` +
    `${lost} lost, ${executedTwice} executed twice, ${contradictions} contradictions, ${unequalStates} unequal states`
  );
}
