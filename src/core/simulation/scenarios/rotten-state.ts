import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A disk gives back another state than was written: the others' checkpoint finds it. */
export const rottenState: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A state rots: a checkpoint finds it',
  about:
    'Replica 3 comes back with one value of its state changed, and checksums that fit. Its votes are sound, its answers are not: the client waits for f + 1 equal ones and is never fooled. At the next checkpoint Q replicas sign another digest than its own. It stops executing and answering, fetches their state, and goes on.',
  seed: 58,
  network: { latencyMs: [20, 28] },
  protocol: { checkpointInterval: 4, logSize: 8 },
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { put: ['y', '1'] } },
    { do: 'restart', replica: 3, disk: 'rotten', when: { client: 0, answered: 2 } },
    { do: 'submit', operation: { get: 'x' } },
    { do: 'submit', operation: { get: 'y' } },
    { do: 'submit', operation: { get: 'x' } },
  ],
  until: { atMs: 3000 },
  expect: { safe: true, live: true, executed: 5 },
};
