import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Equivocating primary. */
export const equivocatingPrimary: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Equivocating primary',
  about:
    'The Byzantine primary proposes the request to replicas 1 and 2, and an empty batch to replica 3, at the same place in the order. Only one of them can gather a quorum. Replica 3 sees votes that contradict its proposal, keeps the two signed proposals as a proof, and executes what the COMMITs of a quorum decide.',
  seed: 25,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'equivocate', split: [3] },
    { do: 'submit', operation: { put: ['x', '1'] } },
  ],
  until: { executed: 1, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 1 },
};
