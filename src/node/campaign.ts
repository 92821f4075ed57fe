import { Campaign } from '#core/simulation/campaign.ts';
import { generators, type Generator } from '#core/simulation/generators.ts';

import {
  argumentsIn,
  BadInput,
  exitCodeOf,
  numberIn,
  terminal,
  type TimedTerminal,
} from './command.ts';

const usage =
  'npm run -s campaign -- --seconds S --seed N [--replicas n] [--generator NAME]\n' +
  `generators: ${generators.map(({ name }) => name).join(', ')}`;

/** Runs random scenarios until the time is over and prints one summary. The exit code: 0 clean, 1 violation, 2 bad input, 3 vacuous. */
export function main(args: readonly string[], on: TimedTerminal = terminal): number {
  return exitCodeOf(on, () => run(args, on));
}

function run(args: readonly string[], { out, nowMs }: TimedTerminal): number {
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
  return argumentsIn({ args: [...args], options }, usage).values;
}

function natural(name: string, value: string | undefined): number {
  if (value === undefined) throw new BadInput(usage);
  return numberIn(name, value);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
