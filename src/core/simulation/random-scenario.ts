/**
 * Scenarios nobody thought of: every choice is drawn from the seed. Faults of some kinds (a random
 * subset each time, so that rare combinations get room) rage until `calmMs`; then the network heals and
 * everybody who is down comes back. From there on the run must be live, unless the primary is Byzantine:
 * without a view change nobody can replace it.
 */
import { assert } from '#core/base/assert.ts';
import { Random } from '#core/base/random.ts';
import type { Behaviour } from '#core/replica/process.ts';

import { parseScenario } from './parse-scenario.ts';
import { randomFaults, type Draft } from './random-faults.ts';
import type { Operation, Scenario, Step } from './scenario.ts';

const calmMs = 900;

/** Every behaviour that the generator gives to a replica. */
export const randomBehaviours: readonly Behaviour['behaviour'][] = [
  'silent',
  'silent-to',
  'equivocate',
  'double-vote',
  'wrong-digest',
  'bad-signature',
];

/** The scenario of a seed. */
export function randomScenario(seed: number, ablation: readonly string[] = []): Scenario {
  const random = new Random(`scenario/${seed}`);
  const replicas = random.pick([4, 4, 5, 7]);
  const clients = random.integer(1, 2);
  const draft: Draft = { random, replicas, clients, untilMs: calmMs };
  const byzantine = random.next() < 0.6 ? random.integer(0, replicas - 1) : undefined;
  const operations = random.integer(2, 5);
  const isLive = byzantine !== 0;
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    name: `random ${seed}`,
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
    until: { executed: operations, atMs: isLive ? 20_000 : 2 * calmMs },
    expect: isLive ? { safe: true, live: true, executed: operations } : { safe: true },
  });
  assert(parsed.ok, 'a generated scenario is valid');
  const steps: readonly Step[] = [
    ...(byzantine === undefined ? [] : [corruption(draft, byzantine)]),
    ...Array.from({ length: operations }, () => submission(draft)),
    ...randomFaults(draft),
    ...calm(draft),
  ];
  return { ...parsed.scenario, steps, ablation };
}

function submission({ random, clients }: Draft): Step {
  const key = random.pick(['x', 'y']);
  const operation: Operation = random.pick<Operation>([
    { put: [key, String(random.integer(0, 9))] },
    { add: ['counter', 1] },
    { get: key },
  ]);
  const client = random.integer(0, clients - 1);
  return { do: 'submit', client, operation, at: random.integer(0, calmMs / 2) };
}

function corruption({ random, replicas }: Draft, replica: number): Step {
  const behaviour = random.pick(randomBehaviours);
  const others = Array.from({ length: replicas }, (_, i) => i).filter((i) => i !== replica);
  const some = others.filter(() => random.next() < 0.5);
  return {
    do: 'byzantine',
    replica,
    behaviour,
    at: random.pick([0, 0, 100]),
    ...(behaviour === 'silent-to' && { targets: some }),
    ...(behaviour === 'equivocate' && random.next() < 0.7 && { split: some }),
  };
}

/** The end of all faults but the Byzantine one. */
function calm({ replicas, clients }: Draft): readonly Step[] {
  const at = calmMs;
  const everyReplica = Array.from({ length: replicas }, (_, replica) => ({ replica }));
  const everyClient = Array.from({ length: clients }, (_, client) => ({ client }));
  return [
    { do: 'heal', at },
    { do: 'network', loss: 0, duplicate: 0, at },
    ...[...everyReplica, ...everyClient].flatMap((who): readonly Step[] => [
      { do: 'resume', ...who, at },
      // A crash that still waits for its turn must not come after the calm: everybody starts anew.
      { do: 'restart', ...who, at: at + 1 },
    ]),
  ];
}
