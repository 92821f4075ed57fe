// `npm run -s measure`: opens the built page and prints what a person feels, as JSON: how soon the first message
// moves, how much JavaScript came before it, how many frames a second normal play has. Nothing is asserted.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';

import { chromium } from '@playwright/test';
import { preview } from 'vite';

import { findBrowser } from './browser.mjs';

const seconds = 5;
const server = await preview({ logLevel: 'silent', preview: { host: 'localhost', port: 4290 } });
const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4290/';
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
});

try {
  const measured = { format: 'pbft-lab/measure@1', opening: await opening(), frames: [] };
  for (const n of [4, 13]) measured.frames.push({ n, ...(await frames(n)) });
  console.log(JSON.stringify(measured, undefined, 2));
} finally {
  await browser.close();
  await server.close();
}
process.exit();

/** Opens the page afresh: milliseconds to the first message on the stage, and the scripts fetched until then. */
async function opening() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const scripts = new Set();
  context.on('request', (request) => {
    if (request.url().endsWith('.js')) scripts.add(basename(request.url()));
  });
  await page.addInitScript(watchForFirstMessage);
  await page.goto(address);
  const firstMessageMs = await page.evaluate(() => globalThis.firstMessage);
  const sizes = [...scripts].map((name) => ({ name, gzippedBytes: gzipped(name) }));
  const inPage = sizes.filter(({ name }) => !name.includes('worker'));
  await context.close();
  return {
    firstMessageMs: Math.round(firstMessageMs),
    pageScriptKB: kilobytes(inPage),
    allScriptKB: kilobytes(sizes),
    scripts: sizes,
  };
}

/** Frames a second while the cluster plays at its normal rate, beside an empty page in the same browser. */
async function frames(n) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto('about:blank');
  const empty = await page.evaluate(countFrames, seconds);
  await page.goto(`${address}?n=${n}`);
  await page.locator('[data-testid^="message-"]').first().waitFor();
  const lab = await page.evaluate(countFrames, seconds);
  await context.close();
  return { emptyPageFps: empty, labFps: lab, ratio: Number((lab / empty).toFixed(3)) };
}

function watchForFirstMessage() {
  globalThis.firstMessage = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('[data-testid^="message-"]') !== null) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

function countFrames(duration) {
  return new Promise((resolve) => {
    let count = 0;
    let start;
    const frame = (now) => {
      start ??= now;
      if (now - start >= duration * 1000)
        resolve(Number(((count * 1000) / (now - start)).toFixed(1)));
      else {
        count += 1;
        requestAnimationFrame(frame);
      }
    };
    requestAnimationFrame(frame);
  });
}

function gzipped(name) {
  return gzipSync(readFileSync(join('dist/assets', name))).length;
}

function kilobytes(sizes) {
  return Math.round(sizes.reduce((sum, { gzippedBytes }) => sum + gzippedBytes, 0) / 1000);
}
