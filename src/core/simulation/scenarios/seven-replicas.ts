import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Seven replicas, two of them down. */
export const sevenReplicas: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Seven replicas, two of them down',
  about:
    'n = 7 tolerates f = 2. Replicas 5 and 6 are down from the start; the five that are left are exactly a quorum, so every vote of theirs is needed.',
  seed: 11,
  replicas: 7,
  network: { latencyMs: [15, 30] },
  steps: [
    { do: 'crash', replica: 5, at: 1 },
    { do: 'crash', replica: 6, at: 1 },
    { do: 'submit', operation: { put: ['city', 'Zürich'] } },
    { do: 'submit', operation: { get: 'city' } },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
