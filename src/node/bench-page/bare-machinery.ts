import { fileURLToPath } from 'node:url';

import type { BrowserContext, Page } from '@playwright/test';
import { build } from 'vite';

import type { BareOptions, BareReport } from '#host/live/bare/bare-report.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A page of the lab's origin that is no part of the lab: threads, keys and disks, and no protocol. */
export class BareMachinery {
  private readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(context: BrowserContext, address: string): Promise<BareMachinery> {
    const scripts = await bundle();
    const page = await context.newPage();
    await page.route('**/bare/**', async (route) => {
      const script = scripts.get(
        new URL(route.request().url()).pathname.replace(/^.*\/bare\//, ''),
      );
      await route.fulfill(
        script === undefined
          ? { contentType: 'text/html', body: '<script type="module" src="./page.js"></script>' }
          : { contentType: 'text/javascript', body: script },
      );
    });
    await page.goto(`${address}bare/`);
    await page.waitForFunction(() => 'bareMachinery' in window);
    return new BareMachinery(page);
  }

  run(options: BareOptions): Promise<BareReport> {
    return this.page.evaluate((wanted) => window.bareMachinery.run(wanted), options);
  }
}

/** The scripts by their names, built as the lab is. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
  const made = await build({
    root,
    logLevel: 'silent',
    build: {
      write: false,
      sourcemap: false,
      rolldownOptions: {
        input: `${root}/src/host/live/bare/bare-page.ts`,
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const output = 'output' in made ? made.output : [];
  return new Map(
    output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : textOf(file.source)]),
  );
}

function textOf(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}
