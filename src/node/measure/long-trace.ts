import type { BrowserContext, Page } from '@playwright/test';

import { busyScenario } from './frames.ts';

/** What a long history costs. */
export interface LongTrace {
  readonly events: number;
  readonly openMs: number;
  /** JavaScript heap of the page, before and with the history. */
  readonly heapBeforeMB: number;
  readonly heapMB: number;
  /** Seeking anywhere until the next picture is there: the 95th of 100. */
  readonly pictureMs: number;
  /** Frames a second while the playhead is dragged over the whole. */
  readonly dragFps: number;
  /** States of processes: the first question executes the history, later ones begin from what it kept. */
  readonly firstStateMs: number;
  readonly stateMs: number;
  readonly forkMs: number;
}

/** Seeks to instants all over the history and waits each time until the picture is drawn. */
const seekAll = `(async (edgeMs) => {
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const took = [];
  for (let i = 0; i < 100; i += 1) {
    const start = performance.now();
    await pbftLab.seek(((i * 61) % 100) / 100 * edgeMs);
    await drawn();
    took.push(performance.now() - start);
  }
  took.sort((a, b) => a - b);
  return took[94];
})`;

const drag = `((edgeMs) => new Promise((resolve) => {
  const start = performance.now();
  let frames = 0;
  const frame = (now) => {
    const part = (now - start) / 3000;
    if (part >= 1) { resolve(frames / 3); return; }
    frames += 1;
    void pbftLab.seek(Math.max(0, part) * edgeMs);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}))`;

const stateAt = `(async (ms) => {
  const start = performance.now();
  await pbftLab.seek(ms);
  await pbftLab.inspect(0);
  return performance.now() - start;
})`;

const fork = `(async (ms) => {
  const start = performance.now();
  await pbftLab.fork(ms);
  return performance.now() - start;
})`;

/** Four replicas, as many operations as make \`events\` events, run as fast as it goes. */
export async function longTraceOf(
  context: BrowserContext,
  address: string,
  operations: number,
): Promise<LongTrace> {
  const page = await context.newPage();
  await page.goto(`${address}?play=0&storage=memory`);
  await page.waitForFunction(() => 'pbftLab' in window);
  await page.evaluate(() => window.pbftLab.ready);
  const heapBeforeMB = await heapOf(context, page);
  const start = performance.now();
  await page.evaluate((scenario) => window.pbftLab.load(scenario), busyScenario(4, operations));
  await page.evaluate(() => window.pbftLab.runUntil({ atMs: 9_000_000 }));
  const openMs = performance.now() - start;
  const trace = await page.evaluate(async () => {
    const events = await window.pbftLab.trace();
    return { length: events.length, edgeMs: events.at(-1)?.atMs ?? 0 };
  });
  const { edgeMs } = trace;
  const heapMB = await heapOf(context, page);
  const pictureMs = await page.evaluate<number>(`${seekAll}(${edgeMs})`);
  const dragFps = await page.evaluate<number>(`${drag}(${edgeMs})`);
  const firstStateMs = await page.evaluate<number>(`${stateAt}(${edgeMs * 0.9})`);
  const later: number[] = [];
  for (const part of [0.1, 0.3, 0.5, 0.7, 0.85])
    later.push(await page.evaluate<number>(`${stateAt}(${edgeMs * part})`));
  const forkMs = await page.evaluate<number>(`${fork}(${edgeMs - 1})`);
  await page.close();
  const stateMs = Math.max(...later);
  return {
    events: trace.length,
    openMs,
    heapBeforeMB,
    heapMB,
    pictureMs,
    dragFps,
    firstStateMs,
    stateMs,
    forkMs,
  };
}

async function heapOf(context: BrowserContext, page: Page): Promise<number> {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}
