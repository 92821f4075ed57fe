// `npm run -s screenshots`: pictures of every view of the built page, at three sizes, light and dark, in screenshots/.
// They are for looking at: nothing is compared.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { chromium } from '@playwright/test';
import { preview } from 'vite';

import { findBrowser } from './browser.mjs';

const folder = 'screenshots';
const sizes = [
  [1280, 800],
  [1920, 1080],
  [390, 844],
];
const run = '?scenario=normal-case&play=0';

/** Each view: what is opened, and what is done until it is there. */
const views = {
  first: { query: run, act: reach({ replica: 2, reaches: 'prepared' }) },
  votes: { query: run, act: tab('votes') },
  state: { query: run, act: tab('state') },
  code: { query: run, act: tab('code') },
  disk: { query: run, act: tab('disk') },
  slots: { query: run, act: press('v') },
  network: { query: run, act: click('open-network') },
  send: { query: run, act: click('open-send') },
  rules: { query: run, act: click('open-rules') },
  byzantine: { query: run, act: click('byzantine') },
  partition: { query: run, act: click('partition') },
  share: { query: run, act: click('share') },
  files: { query: run, act: click('export') },
  help: { query: run, act: (page) => page.getByLabel('Help and keys').click() },
  'left-out': { query: '?scenario=no-commit-phase&play=0', act: reach({ atMs: 60 }) },
  'thirteen-replicas': { query: `${run}&n=13`, act: reach({ replica: 2, reaches: 'prepared' }) },
  'thirty-one-replicas': { query: `${run}&n=31`, act: reach({ atMs: 60 }) },
  present: { query: `${run}&present=1`, act: reach({ replica: 2, reaches: 'prepared' }) },
  embed: { query: `${run}&embed=1`, act: reach({ replica: 2, reaches: 'prepared' }) },
  corner: { query: '?corner=ping-pong', act: (page) => page.waitForTimeout(500) },
};

const wanted = process.argv.slice(2);
const server = await preview({ logLevel: 'silent', preview: { host: 'localhost', port: 4291 } });
const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4291/';
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
});
mkdirSync(folder, { recursive: true });

try {
  for (const [name, view] of Object.entries(views)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const [width, height] of sizes) await picture(name, view, width, height);
  }
} finally {
  await browser.close();
  await server.close();
}
process.exit();

/** One view at one size, in both themes. */
async function picture(name, { query, act }, width, height) {
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(address + query);
  if (!query.includes('corner')) {
    await page.waitForFunction(() => 'pbftLab' in globalThis);
    await page.evaluate(() => globalThis.pbftLab.ready);
  }
  await act(page);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(250);
    const file = join(folder, `${name}-${width}x${height}-${colorScheme}.png`);
    await page.screenshot({ path: file });
    console.log(file);
  }
  await context.close();
}

function reach(goal) {
  return (page) => page.evaluate((until) => globalThis.pbftLab.runUntil(until), goal);
}

function tab(name) {
  return async (page) => {
    await reach({ replica: 2, reaches: 'prepared' })(page);
    await page.getByTestId('replica-2').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId(`tab-${name}`).click();
  };
}

function click(testId) {
  return async (page) => {
    await reach({ replica: 2, reaches: 'prepared' })(page);
    await page.getByTestId(testId).click();
    await page.waitForTimeout(300);
  };
}

function press(key) {
  return async (page) => {
    await reach({ replica: 2, reaches: 'prepared' })(page);
    await page.keyboard.press(key);
  };
}
