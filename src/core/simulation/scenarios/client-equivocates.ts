import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A client that says two things. */
export const clientEquivocates: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A client that says two things',
  about:
    'Client 0 is Byzantine: under one timestamp it asks replicas 0 and 1 for one operation, and replicas 2 and 3 for another. Which of the two is executed is up to the primary, but it is the same at all replicas, and only one of them. Client 1 notices nothing.',
  seed: 60,
  clients: 2,
  network: { latencyMs: [10, 25] },
  steps: [
    { do: 'byzantine', client: 0, behaviour: 'equivocate' },
    { do: 'submit', client: 0, operation: { put: ['x', '1'] } },
    { do: 'submit', client: 1, operation: { get: 'x' }, at: 200 },
  ],
  until: { executed: 2, atMs: 5000 },
  expect: { safe: true, live: true, executed: 2 },
};
