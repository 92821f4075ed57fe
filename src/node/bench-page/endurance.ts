import { readFile } from 'node:fs/promises';

import type { Browser, Page } from '@playwright/test';

import { loadOf, sampleOf, type Shape } from './cell.ts';

/** How much a run holds after some of its operations. */
export interface Held {
  readonly operations: number;
  /** On all disks. */
  readonly storageBytes: number;
  /** Of the process in which the page and all its workers are; undefined where the system does not tell. */
  readonly memoryBytes: number | undefined;
}

/** Serves `operations`, and looks after the first tenth and at the end. */
export async function measureGrowth(
  browser: Browser,
  lab: Page,
  shape: Shape,
  operations: number,
): Promise<readonly Held[]> {
  await lab.evaluate((wanted) => window.pbftLab.live.start(wanted), loadOf(shape));
  const held: Held[] = [];
  for (const wanted of [operations / 10, operations]) {
    const sample = await sampleOf(lab, wanted);
    if (sample === undefined) break;
    held.push({
      operations: sample.acknowledged,
      storageBytes: sample.replicas.reduce((sum, { storageBytes }) => sum + storageBytes, 0),
      memoryBytes: await memoryOf(browser),
    });
  }
  await lab.evaluate(() => window.pbftLab.live.stop());
  return held;
}

const PAGE_BYTES = 4096;

/** What the largest renderer has in memory; Linux tells. */
async function memoryOf(browser: Browser): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = await Promise.all(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(async ({ id }) => {
        const [, resident = '0'] = (await readFile(`/proc/${id}/statm`, 'utf8')).split(' ');
        return Number(resident) * PAGE_BYTES;
      }),
  );
  return Math.max(...sizes);
}
