import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Page } from '@playwright/test';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));

let built: Promise<ReadonlyMap<string, string>> | undefined;

/** Opens a page of the lab's origin that is no part of the lab: it has the storage engines, and nothing else. */
export async function openBench(page: Page): Promise<void> {
  const files = await (built ??= bundle());
  await page.route('**/storage-bench/**', async (route) => {
    const name = new URL(route.request().url()).pathname.replace(/^.*\/storage-bench\//, '');
    const script = files.get(name);
    await route.fulfill(
      script === undefined
        ? { contentType: 'text/html', body: '<script type="module" src="./page.js"></script>' }
        : { contentType: 'text/javascript', body: script },
    );
  });
  await page.goto('storage-bench/');
  await page.waitForFunction(() => 'storageBench' in window);
}

/** The scripts by their names, built as the lab is. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
  const made = await build({
    root,
    logLevel: 'silent',
    build: {
      write: false,
      sourcemap: false,
      rolldownOptions: { input: `${here}/page.ts`, output: { entryFileNames: 'page.js' } },
    },
  });
  const output = 'output' in made ? made.output : [];
  return new Map(
    output.map((file) => [
      file.fileName,
      file.type === 'chunk' ? file.code : new TextDecoder().decode(bytesOf(file.source)),
    ]),
  );
}

function bytesOf(source: string | Uint8Array): Uint8Array {
  return typeof source === 'string' ? new TextEncoder().encode(source) : source;
}
