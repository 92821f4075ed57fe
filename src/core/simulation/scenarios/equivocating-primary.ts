import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Equivocating primary. */
export const equivocatingPrimary: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Equivocating primary',
  about:
    'The Byzantine primary proposes the request to replicas 1 and 2, and an empty batch to replica 3, at the same place in the order. Only one of them can gather a quorum. Replica 3 sees votes that contradict its proposal, the two signed proposals meet, and whoever holds both has a proof and asks for another view at once. What a quorum has committed stays.',
  seed: 25,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'equivocate', split: [3] },
    { do: 'submit', operation: { put: ['x', '1'] } },
  ],
  until: { executed: 1, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 1, view: 1 },
};
