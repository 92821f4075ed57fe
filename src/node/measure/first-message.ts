import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { BrowserContext } from '@playwright/test';

/** How a page begins. */
export interface FirstMessage {
  /** From the beginning of the navigation until the first message is on the stage. */
  readonly ms: number;
  /** The scripts that the page and its workers fetched until then, each once, and their sizes in a gzip file. */
  readonly scripts: readonly { readonly name: string; readonly gzippedBytes: number }[];
}

/** Tells of the first message in the very task that puts it on the stage: what is fetched because of it comes after. */
const watch = `{
  const look = () => {
    if (document.querySelector('[data-testid^="message-"]') === null) return;
    watcher.disconnect();
    firstMessageMoves(performance.now());
  };
  const watcher = new MutationObserver(look);
  const attributes = { attributes: true, attributeFilter: ['data-testid'] };
  watcher.observe(document, { childList: true, subtree: true, ...attributes });
}`;

/** Opens a page afresh and waits until its first message moves. */
export async function firstMessageOf(
  context: BrowserContext,
  address: string,
  folder = 'dist',
): Promise<FirstMessage> {
  const page = await context.newPage();
  const names = new Set<string>();
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) names.add(basename(pathname));
  });
  const moved = new Promise<Pick<FirstMessage, 'ms' | 'scripts'>>((resolve) => {
    void page.exposeFunction('firstMessageMoves', (ms: number) => {
      const scripts = [...names].map((name) => ({ name, gzippedBytes: gzipped(folder, name) }));
      resolve({ ms, scripts });
    });
  });
  await page.addInitScript({ content: watch });
  await page.goto(address);
  return moved;
}

/** All scripts together, each counted once. */
export function bytesOf({ scripts }: Pick<FirstMessage, 'scripts'>): number {
  return scripts.reduce((sum, { gzippedBytes }) => sum + gzippedBytes, 0);
}

function gzipped(folder: string, name: string): number {
  return gzipSync(readFileSync(join(folder, 'assets', name)), { level: 9 }).length;
}
