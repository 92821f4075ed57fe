import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Why three of five is not enough. */
export const naiveQuorum: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Why three of five is not enough',
  about:
    'The same five replicas with the quorum 2f + 1 = 3 that many programs use by mistake. The equivocating primary gives one batch to replicas 1 and 2 and another to 3 and 4. With its own vote on both sides each half is a “quorum”: two different batches are executed at the same place. One liar is enough.',
  seed: 47,
  replicas: 5,
  ablation: ['naive-quorum-2f+1'],
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'equivocate', split: [3, 4] },
    { do: 'submit', operation: { put: ['x', '1'] } },
  ],
  until: { atMs: 600 },
  expect: { safe: false, violations: ['agreement'] },
};
