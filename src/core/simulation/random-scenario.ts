/**
 * Scenarios nobody thought of: every choice is drawn from the seed. Faults of some kinds (a random
 * subset each time, so that rare combinations get room) rage until `calmMs`. Then the network heals, whoever is
 * down comes back but for at most as many as may be faulty, and the run must be live: a core of Q correct
 * replicas is there, whatever the Byzantine ones go on doing.
 */
import { assert } from '#core/base/assert.ts';
import { Random } from '#core/base/random.ts';
import { faultsTolerated } from '#core/pbft/quorum.ts';

import { parseScenario } from './parse-scenario.ts';
import { randomFaults, type Draft } from './random-faults.ts';
import { randomRogue, randomTraitors, rogueLife } from './random-traitors.ts';
import type { Operation, Scenario, Step } from './scenario.ts';

/** Faults end here, but for those of Byzantine replicas. */
const calmMs = 900;

/** What a person may fix of a random scenario. */
export interface RandomOptions {
  readonly replicas?: number;
  readonly ablation?: readonly string[];
}

/** The scenario of a seed. */
export function randomScenario(seed: number, options: RandomOptions = {}): Scenario {
  const random = new Random(`scenario/${seed}`);
  const drawn = random.pick([4, 4, 4, 5, 6, 7]);
  const replicas = options.replicas ?? drawn;
  const clients = random.integer(1, 2);
  const draft: Draft = { random, replicas, clients, untilMs: calmMs };
  const { traitors, steps: treason } = randomTraitors(draft);
  const operations = random.integer(2, 6);
  const treachery = randomRogue(draft);
  const steps: readonly Step[] = [
    ...treason,
    ...treachery,
    ...Array.from({ length: operations }, () => submission(draft)),
    ...randomFaults(draft),
    ...calm(draft, traitors),
  ];
  return {
    ...frame(seed, draft),
    name: `swarm ${seed}`,
    steps,
    ablation: options.ablation ?? [],
    until:
      treachery.length > 0 ? { atMs: rogueLife.untilAtMs } : { executed: operations, atMs: 90_000 },
  };
}

/** A run with everything about it drawn but its steps: it must be safe and live. */
export function frame(seed: number, { random, replicas, clients }: Draft): Scenario {
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    seed,
    replicas,
    clients,
    protocol: {
      ...random.pick([{}, { checkpointInterval: 2, logSize: 4 }]),
      ...random.pick([{}, { batchMax: 3, pipeline: 1 }]),
      resendMs: random.pick([150, 250]),
      clientTimeoutMs: 600,
    },
    network: {
      latencyMs: random.pick([
        [5, 40],
        [1, 5],
        [20, 25],
        [1, 120],
      ]),
      loss: random.pick([0, 0, 0.05, 0.2]),
      duplicate: random.pick([0, 0, 0.1, 0.3]),
    },
    expect: { safe: true, live: true },
  });
  assert(parsed.ok, 'a generated scenario is valid');
  return parsed.scenario;
}

/** An operation at some time of the whole run, the calm included. */
export function submission({ random, clients, untilMs }: Draft): Step {
  const key = random.pick(['x', 'y']);
  const operation: Operation = random.pick<Operation>([
    { put: [key, String(random.integer(0, 9))] },
    { add: ['counter', 1] },
    { get: key },
  ]);
  const client = random.integer(0, clients - 1);
  const lastMs = random.pick([untilMs / 2, untilMs / 2, untilMs + 600]);
  return { do: 'submit', client, operation, at: random.integer(0, lastMs) };
}

/** The end of all faults but the Byzantine ones; some correct replicas may stay away for good. */
function calm({ random, replicas }: Draft, traitors: readonly number[]): readonly Step[] {
  const at = calmMs;
  const spare = faultsTolerated(replicas) - traitors.length;
  const buried = random.next() < 0.2 ? random.integer(0, spare) : 0;
  const loyal = Array.from({ length: replicas }, (_, i) => i).filter((i) => !traitors.includes(i));
  return [
    { do: 'heal', at },
    { do: 'network', loss: 0, duplicate: 0, at },
    ...loyal.slice(loyal.length - buried).flatMap((replica): readonly Step[] => [
      // A crash that waits for its condition brings its own restart along: bury it after that.
      { do: 'crash', replica, at: at + 400 },
    ]),
  ];
}
