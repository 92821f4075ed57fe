import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { runScenario } from '#core/simulation/cluster.ts';
import type { Scenario } from '#core/simulation/scenario.ts';
import { builtInScenarios, loadScenario } from '#core/simulation/scenarios/library.ts';
import { formatShiviz } from '#core/simulation/shiviz.ts';

import { ed25519Crypto } from './ed25519-crypto.ts';

const usage =
  'npm run -s simulate -- FILE|NAME [--seed N] [--crypto simulated|ed25519] [--trace OUT] [--shiviz OUT]\n' +
  'npm run -s simulate -- --list';

/** Input that cannot be run: told on standard error. */
class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** Runs one scenario and prints its verdict. The exit code: 0 met, 1 not met, 2 bad input. */
export function main(args: readonly string[]): number {
  try {
    return run(args);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function run(args: readonly string[]): number {
  const { values, positionals } = optionsOf(args);
  if (values.list === true) {
    process.stdout.write(builtInScenarios.map(({ name }) => `${name}\n`).join(''));
    return 0;
  }
  const [source, ...more] = positionals;
  if (source === undefined || more.length > 0) throw new BadInput(usage);
  const scenario = withSeed(scenarioOf(source), values.seed);
  const { verdict, trace } = runScenario(scenario, cryptoOf(values.crypto, scenario.seed));
  if (values.trace !== undefined) write(values.trace, `${JSON.stringify(trace, undefined, 1)}\n`);
  if (values.shiviz !== undefined) write(values.shiviz, formatShiviz(trace));
  process.stdout.write(`${JSON.stringify(verdict, undefined, 2)}\n`);
  return verdict.met ? 0 : 1;
}

const options = {
  list: { type: 'boolean' },
  seed: { type: 'string' },
  crypto: { type: 'string' },
  trace: { type: 'string' },
  shiviz: { type: 'string' },
} as const;

function optionsOf(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (error instanceof TypeError)
      throw new BadInput(`${error.message}\n${usage}`, { cause: error });
    throw error;
  }
}

/** A file where there is one, else a built-in name. */
function scenarioOf(source: string): Scenario {
  const file = fromCaller(source);
  const parsed = loadScenario(existsSync(file) ? jsonIn(file) : source);
  if (!parsed.ok) throw new BadInput(parsed.problem);
  return parsed.scenario;
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error) throw new BadInput(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

function withSeed(scenario: Scenario, seed: string | undefined): Scenario {
  if (seed === undefined) return scenario;
  if (!/^\d+$/.test(seed) || !Number.isSafeInteger(Number(seed))) {
    throw new BadInput(`--seed: expected a natural number, not ${seed}`);
  }
  return { ...scenario, seed: Number(seed) };
}

function cryptoOf(kind: string | undefined, seed: number): Parameters<typeof runScenario>[1] {
  if (kind === undefined || kind === 'simulated') return {};
  if (kind === 'ed25519') return { crypto: ed25519Crypto(seed) };
  throw new BadInput(`--crypto: expected simulated or ed25519, not ${kind}`);
}

function write(path: string, text: string): void {
  try {
    writeFileSync(fromCaller(path), text);
  } catch (error) {
    if (error instanceof Error) throw new BadInput(error.message, { cause: error });
    throw error;
  }
}

/** npm runs scripts in the project's folder; a person means the one they are in. */
function fromCaller(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}
