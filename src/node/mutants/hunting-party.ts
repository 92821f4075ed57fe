import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { Hunt } from './hunt.ts';

/** The folder of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** How long a hunter may say nothing: longer than any takes on the product. A mutant that never ends is noticed, too. */
const patienceMs = 600_000;

/** A hunt as its child process tells it: the first kill, or all of them. */
export interface Order {
  readonly id: string;
  readonly extent: 'first' | 'all';
  readonly hunters: readonly string[];
}

/** Hunts one mutant in a process of its own, so that whatever it does ends with it. */
export async function hunt({ id, extent, hunters }: Order): Promise<readonly Hunt[]> {
  const command = resolve(root, 'src/node/run.mjs');
  const child = spawn(process.execPath, [command, 'mutants/hunt', id, extent, ...hunters], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = new Promise<number | null>((settle) => child.once('close', settle));
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text.toString()));
  const hunts: Hunt[] = [];
  const isTooLate = (): boolean => child.kill('SIGKILL');
  let timer = setTimeout(isTooLate, patienceMs);
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    timer = setTimeout(isTooLate, patienceMs);
    if (isHunt(line)) hunts.push(JSON.parse(line));
  }
  clearTimeout(timer);
  const code = await exit;
  if (code === 0) return hunts;
  const waiting = hunters[hunts.length];
  if (code !== null || waiting === undefined) {
    throw new Error(`the hunt for ${id} ended with ${String(code)}:\n${errors.join('')}`);
  }
  return [...hunts, { hunter: waiting, by: 'never ends', ms: patienceMs }];
}

/** Test files may print, too. */
function isHunt(line: string): boolean {
  return line.startsWith('{"hunter":');
}
