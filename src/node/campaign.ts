import process from 'node:process';
import { parseArgs } from 'node:util';

import { Campaign } from '#core/simulation/campaign.ts';
import { generators, type Generator } from '#core/simulation/generators.ts';

const usage =
  'npm run -s campaign -- --seconds S --seed N [--replicas n] [--generator NAME]\n' +
  `generators: ${generators.map(({ name }) => name).join(', ')}`;

/** Input that cannot be run: told on standard error. */
class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** Where a campaign writes, and the clock that ends it. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly nowMs: () => number;
}

const terminal: Surroundings = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  nowMs: () => performance.now(),
};

/** Runs random scenarios until the time is over and prints one summary. The exit code: 0 clean, 1 violation, 2 bad input, 3 vacuous. */
export function main(args: readonly string[], on: Surroundings = terminal): number {
  try {
    return run(args, on);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    on.err(`${error.message}\n`);
    return 2;
  }
}

function run(args: readonly string[], { out, nowMs }: Surroundings): number {
  const { seconds, seed, replicas, chosen } = orderIn(args);
  const campaign = new Campaign(chosen, { firstSeed: seed * 1_000_000, replicas });
  const startMs = nowMs();
  while (nowMs() - startMs < seconds * 1000) campaign.step();
  const elapsed = (nowMs() - startMs) / 1000;
  const { summary, vacuity } = campaign;
  const perSecond = {
    scenarios: round(summary.scenarios / elapsed),
    deliveries: round(summary.deliveries / elapsed),
  };
  const report = {
    format: 'pbft-lab/campaign@1',
    seed,
    seconds: round(elapsed),
    replicas: replicas ?? 'drawn',
    generators: chosen.map(({ name }) => name),
    ...summary,
    perSecond,
    vacuity,
  };
  out(`${JSON.stringify(report, undefined, 2)}\n`);
  if (summary.violations.length > 0) return 1;
  return vacuity.length > 0 ? 3 : 0;
}

interface Order {
  readonly seconds: number;
  readonly seed: number;
  readonly replicas: number | undefined;
  readonly chosen: readonly Generator[];
}

function orderIn(args: readonly string[]): Order {
  const { seconds, seed, replicas, generator } = optionsIn(args);
  const chosen = generators.filter(({ name }) => generator === undefined || name === generator);
  if (chosen.length === 0) throw new BadInput(`--generator: there is no ${generator}\n${usage}`);
  const size = replicas === undefined ? undefined : natural('replicas', replicas);
  if (size !== undefined && size < 4)
    throw new BadInput('--replicas: fewer than 4 tolerate no fault');
  return {
    seconds: natural('seconds', seconds),
    seed: natural('seed', seed),
    replicas: size,
    chosen,
  };
}

function optionsIn(args: readonly string[]): Partial<Record<string, string>> {
  const text = { type: 'string' } as const;
  const options = { seconds: text, seed: text, replicas: text, generator: text };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    if (error instanceof TypeError)
      throw new BadInput(`${error.message}\n${usage}`, { cause: error });
    throw error;
  }
}

function natural(name: string, value: string | undefined): number {
  if (value === undefined) throw new BadInput(usage);
  if (!/^\d{1,9}$/.test(value)) {
    throw new BadInput(`--${name}: expected a natural number, not ${value}`);
  }
  return Number(value);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
