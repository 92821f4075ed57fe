import { setTimeout as pause } from 'node:timers/promises';

import type { Page } from '@playwright/test';

import { loadOf, median, sampleOf, type Shape } from './cell.ts';

/** From `terminate()` until the replica's first vote has left, over some crashes of a backup under load. */
export interface Recovery {
  readonly times: number;
  readonly p50Ms: number;
  readonly maxMs: number;
}

const crashes = 10;
const patienceMs = 10_000;

/** Terminates a backup and starts it again at once, some times. */
export async function measureRecovery(lab: Page, shape: Shape): Promise<Recovery> {
  await lab.evaluate((wanted) => window.pbftLab.live.start(wanted), loadOf(shape));
  await sampleOf(lab);
  const afterMs: number[] = [];
  for (let i = 0; i < crashes; i++) {
    const before = await votingAgain(lab);
    await lab.evaluate(async () => {
      await window.pbftLab.live.crash(3);
      await window.pbftLab.live.restart(3);
    });
    const after = await nextAfter(lab, before.count);
    if (after !== undefined) afterMs.push(after);
    await pause(300);
  }
  await lab.evaluate(() => window.pbftLab.live.stop());
  return { times: afterMs.length, p50Ms: median(afterMs), maxMs: Math.max(...afterMs) };
}

interface VotingAgain {
  readonly count: number;
  readonly afterMs: number | undefined;
}

async function nextAfter(lab: Page, count: number): Promise<number | undefined> {
  const endMs = performance.now() + patienceMs;
  while (performance.now() < endMs) {
    const now = await votingAgain(lab);
    if (now.count > count) return now.afterMs;
    await pause(100);
  }
  return undefined;
}

function votingAgain(lab: Page): Promise<VotingAgain> {
  return lab.evaluate(async () => {
    const marks = await window.pbftLab.live.marks();
    const again = marks.filter(({ kind }) => kind === 'voting-again');
    return { count: again.length, afterMs: again.at(-1)?.afterMs };
  });
}
