import process from 'node:process';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Input that cannot be run: told on standard error. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** Where a command writes. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Where a command writes, and the clock that it is measured or ended by. */
export interface TimedTerminal extends Terminal {
  readonly nowMs: () => number;
}

/** The terminal that a person has. */
export const terminal: TimedTerminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  nowMs: () => performance.now(),
};

/** The exit code of `work`; 2 for input that it refuses, which is told. */
export function exitCodeOf(on: Terminal, work: () => number): number {
  try {
    return work();
  } catch (error) {
    return refusal(on, error);
  }
}

/** The same for a command that waits. */
export async function laterExitCodeOf(on: Terminal, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    return refusal(on, error);
  }
}

function refusal(on: Terminal, error: unknown): number {
  if (!(error instanceof BadInput)) throw error;
  on.err(`${error.message}\n`);
  return 2;
}

/** The arguments of a command. What it does not know is refused, with its usage. */
export function argumentsIn<T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new BadInput(`${error.message}\n${usage}`, { cause: error });
  }
}

/** A whole number from `least` on. */
export function numberIn(name: string, value: string, least = 0): number {
  const number = Number(value);
  if (!/^\d{1,16}$/.test(value) || number < least || !Number.isSafeInteger(number)) {
    const expected = least === 0 ? 'a natural number' : `a number from ${least} on`;
    throw new BadInput(`--${name}: expected ${expected}, not ${value}`);
  }
  return number;
}
