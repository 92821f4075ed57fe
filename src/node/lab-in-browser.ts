import { env, getuid } from 'node:process';

import { chromium, type Browser, type Page } from '@playwright/test';
import { build, preview } from 'vite';

import { findBrowser } from './browser.mjs';

/** A built lab, served on this machine, and a browser without a window. */
export interface ServedLab {
  readonly address: string;
  readonly browser: Browser;
}

/** Builds the page, serves it, opens a browser, and closes both whatever becomes of `work`. */
export async function withServedLab<T>(work: (lab: ServedLab) => Promise<T>): Promise<T> {
  // The server that runs this command has made it a development one.
  env['NODE_ENV'] = 'production';
  await build({ logLevel: 'error' });
  const server = await preview({ logLevel: 'silent', preview: { host: 'localhost', port: 4293 } });
  try {
    const executablePath = await findBrowser();
    const browser = await chromium.launch({
      ...(executablePath !== undefined && { executablePath }),
      args: [
        '--disable-background-networking',
        '--disable-gpu',
        // Chromium's sandbox does not start for root, as in a container.
        ...(getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    try {
      return await work({ browser, address: server.resolvedUrls?.local[0] ?? '' });
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

/** Opens a page of the lab in a profile of its own. What the page complains of is added to `complaints`. */
export async function openLab(
  { browser, address }: ServedLab,
  query: string,
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  await page.goto(address + query);
  await page.waitForFunction(() => 'pbftLab' in window);
  await page.evaluate(() => window.pbftLab.ready);
  return page;
}
