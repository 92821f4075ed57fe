import { resolve } from 'node:path';
import process from 'node:process';

import { bundleOf, NotCompiled } from './crash-test-bundle.ts';
import type { Outcome, Thrown } from './crash-test-process.ts';
import { type Difference, KilledRun, Machine, runUndisturbed } from './crash-test-runs.ts';
import { portable } from './crash-test-values.ts';

const usage = 'npm run -s crash-test -- FILE.ts';

/** The JSON object that is printed. */
export interface Verdict {
  readonly format: 'pbft-lab/crash-test@1';
  readonly equal: boolean;
  readonly awaits: number;
  readonly kills: number;
  readonly posted: readonly unknown[];
  readonly result: unknown;
  readonly error: Thrown | null;
  /** Only when the runs are not equal. */
  readonly difference?: Difference;
}

/** Crashes a program everywhere and prints the verdict. The exit code: 0 equal, 1 different, 2 refused. */
export async function main(args: readonly string[]): Promise<number> {
  const [source, ...more] = args;
  if (source === undefined || source.startsWith('-') || more.length > 0) return refused(usage);
  try {
    const verdict = await verdictOn(fromCaller(source));
    process.stdout.write(`${JSON.stringify(verdict, undefined, 2)}\n`);
    if (verdict.difference === undefined) return 0;
    const { after, undisturbed, killed } = verdict.difference;
    process.stderr.write(`different after ${after}: ${killed}, but undisturbed: ${undisturbed}\n`);
    return 1;
  } catch (error) {
    if (error instanceof NotCompiled) return refused(error.message);
    throw error;
  }
}

/** Runs the program in `file` undisturbed, then killed everywhere. Throws NotCompiled. */
export async function verdictOn(file: string): Promise<Verdict> {
  const machine = new Machine(await bundleOf(file), file);
  const reference = runUndisturbed(machine);
  const { kills, difference } = new KilledRun(machine, reference).run();
  const { awaits, posted, failures, outcome } = reference;
  for (const { message } of failures) process.stderr.write(`nobody awaited it: ${message}\n`);
  return {
    format: 'pbft-lab/crash-test@1',
    equal: difference === undefined,
    awaits,
    kills,
    posted: posted.map(({ value }) => value),
    result: outcome.kind === 'returned' ? portable(outcome.value) : null,
    error: errorOf(outcome),
    ...(difference === undefined ? {} : { difference }),
  };
}

function errorOf(outcome: Outcome): Thrown | null {
  if (outcome.kind === 'threw') return outcome.error;
  if (outcome.kind === 'returned') return null;
  const where = outcome.waitsAt === '' ? '' : `: suspended at ${outcome.waitsAt}`;
  return { name: 'NeverSettled', message: `main has not returned${where}` };
}

function refused(reason: string): number {
  process.stderr.write(`${reason}\n`);
  return 2;
}

/** npm runs scripts in the project's folder; a person means the one they are in. */
function fromCaller(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}
