import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Page } from '@playwright/test';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

const built = new Map<string, Promise<ReadonlyMap<string, string>>>();

/**
 * Opens a page of the lab's origin that is no part of the lab: what `page.ts` of this folder imports, and nothing else.
 * It is ready when it has put `ready` on its window.
 */
export async function openBuiltPage(page: Page, folder: string, ready: string): Promise<void> {
  const bundling = built.get(folder) ?? bundle(folder);
  built.set(folder, bundling);
  const files = await bundling;
  await page.route(`**/${folder}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const script = files.get(
      pathname.slice(pathname.lastIndexOf(`/${folder}/`) + folder.length + 2),
    );
    await route.fulfill(
      script === undefined
        ? { contentType: 'text/html', body: '<script type="module" src="./page.js"></script>' }
        : { contentType: 'text/javascript', body: script },
    );
  });
  await page.goto(`${folder}/`);
  await page.waitForFunction((name) => name in window, ready);
}

/** The scripts by their names, built as the lab is. */
async function bundle(folder: string): Promise<ReadonlyMap<string, string>> {
  const made = await build({
    root,
    logLevel: 'silent',
    build: {
      write: false,
      sourcemap: false,
      rolldownOptions: {
        input: `${here}/${folder}/page.ts`,
        output: { entryFileNames: 'page.js' },
      },
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
