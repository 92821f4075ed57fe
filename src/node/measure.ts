import { cpus, loadavg } from 'node:os';

import { chromium, type BrowserContext } from '@playwright/test';
import { preview } from 'vite';

import { findBrowser } from './browser.mjs';
import { argumentsIn, BadInput, numberIn, terminal, type Terminal } from './command.ts';
import { bytesOf, firstMessageOf } from './measure/first-message.ts';
import { framesOf } from './measure/frames.ts';
import { longTraceOf } from './measure/long-trace.ts';
import { touchesOf } from './measure/touches.ts';

type Row = readonly [what: string, measured: string, goal: string];
type Part = (context: BrowserContext, address: string) => Promise<readonly Row[]>;

const parts: Readonly<Record<string, Part>> = { load, frames, touch, trace };

const usage = `npm run -s measure -- [--port N] [${Object.keys(parts).join(' | ')} …]`;

/** Opens the built page and prints what a person feels, beside the goals. Nothing is asserted. */
export async function main(args: readonly string[], { out }: Terminal = terminal): Promise<number> {
  const options = { port: { type: 'string', default: '4290' } } as const;
  const read = argumentsIn({ args: [...args], options, allowPositionals: true }, usage);
  const wanted = read.positionals.length === 0 ? Object.keys(parts) : read.positionals;
  const port = numberIn('port', read.values.port);
  const server = await preview({ logLevel: 'silent', preview: { host: 'localhost', port } });
  const executablePath = await findBrowser();
  const browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
  });
  try {
    out(
      `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Chromium ${browser.version()}, load ${loadavg()[0]?.toFixed(1)}\n`,
    );
    for (const name of wanted) {
      const part = parts[name];
      if (part === undefined) throw new BadInput(usage);
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      for (const row of await part(context, `http://localhost:${port}/`)) out(lineOf(row));
      await context.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return 0;
}

function lineOf([what, measured, goal]: Row): string {
  return `${what.padEnd(62)} ${measured.padStart(14)}   ${goal}\n`;
}

async function load(context: BrowserContext, address: string): Promise<readonly Row[]> {
  const first = await firstMessageOf(context, address);
  return [
    [
      'JavaScript before the first message, gzipped',
      `${(bytesOf(first) / 1000).toFixed(0)} KB`,
      'at most 200 KB',
    ],
    ['first message', `${first.ms.toFixed(0)} ms`, 'at most 1500 ms'],
  ];
}

async function frames(context: BrowserContext, address: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const n of [4, 13, 22, 31]) {
    const { glyphs, lab, bare } = await framesOf(context, address, n);
    const share = ((100 * lab) / bare).toFixed(0);
    rows.push([
      `frames a second, n = ${n}, ${glyphs.toFixed(0)} messages, of those of a bare page`,
      `${lab.toFixed(0)} / ${bare.toFixed(0)} = ${share} %`,
      'at least 95 %',
    ]);
  }
  return rows;
}

async function touch(context: BrowserContext, address: string): Promise<readonly Row[]> {
  const { count, medianMs, p95Ms, worstMs } = await touchesOf(context, address, 13);
  return [
    [`click or key to picture, n = 13, p95 of ${count}`, `${p95Ms} ms`, 'below 100 ms'],
    ['… median, worst', `${medianMs}, ${worstMs} ms`, ''],
  ];
}

async function trace(context: BrowserContext, address: string): Promise<readonly Row[]> {
  const long = await longTraceOf(context, address, 620);
  return [
    ['events of the long history', String(long.events), '100,000'],
    ['… run by workers', ms(long.openMs), ''],
    [
      '… heap of the page before and with it',
      `${long.heapBeforeMB.toFixed(0)}, ${long.heapMB.toFixed(0)} MB`,
      'bounded',
    ],
    ['… seek a picture, p95 of 100', ms(long.pictureMs), 'below 100 ms'],
    ['… frames a second while the playhead is dragged', long.dragFps.toFixed(0), ''],
    ['… the first state of the past (executes the history)', ms(long.firstStateMs), ''],
    ['… another state of the past, worst of 5', ms(long.stateMs), 'below 500 ms'],
    ['… fork at its end', ms(long.forkMs), 'below 3000 ms'],
  ];
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
