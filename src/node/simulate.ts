import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';

import { runScenario } from '#core/simulation/cluster.ts';
import { generators } from '#core/simulation/generators.ts';
import type { Scenario } from '#core/simulation/scenario.ts';
import { builtInScenarios, loadScenario } from '#core/simulation/scenarios/library.ts';
import { formatShiviz } from '#core/simulation/shiviz.ts';

import { argumentsIn, BadInput, exitCodeOf, numberIn, terminal, type Terminal } from './command.ts';
import { ed25519Crypto } from './ed25519-crypto.ts';

const usage =
  'npm run -s simulate -- FILE|NAME|GENERATOR:SEED [--seed N] [--crypto simulated|ed25519] [--trace OUT] [--shiviz OUT] [--scenario OUT]\n' +
  'npm run -s simulate -- --list | --all';

/** Where a command reads and writes. */
export interface Desk extends Terminal {
  /** The folder that a person is in: npm runs scripts in the project's. */
  readonly folder: string;
}

const desk: Desk = { ...terminal, folder: process.env['INIT_CWD'] ?? process.cwd() };

/** Runs one scenario and prints its verdict. The exit code: 0 met, 1 not met, 2 bad input. */
export function main(args: readonly string[], on: Desk = desk): number {
  return exitCodeOf(on, () => run(args, on));
}

function run(args: readonly string[], { out, folder }: Desk): number {
  const { values, positionals } = argumentsIn(
    { args: [...args], options, allowPositionals: true },
    usage,
  );
  if (values.list === true) {
    out(builtInScenarios.map(({ name }) => `${name}\n`).join(''));
    return 0;
  }
  if (values.all === true) return runAll(out);
  const [source, ...more] = positionals;
  if (source === undefined || more.length > 0) throw new BadInput(usage);
  const scenario = withSeed(scenarioOf(resolve(folder, source), source), values.seed);
  const { verdict, trace } = runScenario(scenario, cryptoOf(values.crypto, scenario.seed));
  if (values.trace !== undefined)
    write(resolve(folder, values.trace), `${JSON.stringify(trace, undefined, 1)}\n`);
  if (values.scenario !== undefined)
    write(resolve(folder, values.scenario), `${JSON.stringify(scenario, undefined, 2)}\n`);
  if (values.shiviz !== undefined) write(resolve(folder, values.shiviz), formatShiviz(trace));
  out(`${JSON.stringify(verdict, undefined, 2)}\n`);
  return verdict.met ? 0 : 1;
}

/** Every built-in scenario: their verdicts by their names, as one JSON. */
function runAll(out: Desk['out']): number {
  const verdicts = builtInScenarios.map(
    ({ name, scenario }) => [name, runScenario(scenario).verdict] as const,
  );
  out(`${JSON.stringify(Object.fromEntries(verdicts), undefined, 2)}\n`);
  return verdicts.every(([, { met }]) => met) ? 0 : 1;
}

const options = {
  list: { type: 'boolean' },
  all: { type: 'boolean' },
  seed: { type: 'string' },
  crypto: { type: 'string' },
  trace: { type: 'string' },
  shiviz: { type: 'string' },
  scenario: { type: 'string' },
} as const;

/** A file where there is one, else what a generator draws from a seed, else a built-in name. */
function scenarioOf(file: string, source: string): Scenario {
  const [name, seed, ...more] = source.split(':');
  const generator = generators.find((known) => known.name === name);
  if (generator !== undefined && /^\d+$/.test(seed ?? '') && more.length === 0) {
    return generator.draw(Number(seed));
  }
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
  return { ...scenario, seed: numberIn('seed', seed) };
}

function cryptoOf(kind: string | undefined, seed: number): Parameters<typeof runScenario>[1] {
  if (kind === undefined || kind === 'simulated') return {};
  if (kind === 'ed25519') return { crypto: ed25519Crypto(seed) };
  throw new BadInput(`--crypto: expected simulated or ed25519, not ${kind}`);
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    if (error instanceof Error) throw new BadInput(error.message, { cause: error });
    throw error;
  }
}
