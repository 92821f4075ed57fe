import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** The primary votes twice. */
export const ablationCountPrimaryPrepare: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'The primary votes twice',
  about:
    'A PREPARE of the primary counts, beside its PRE-PREPARE. The Byzantine primary proposes one batch to replicas 1 and 2, another to replica 3, and adds a PREPARE for the latter: replica 3 holds the vote of one replica twice and its own, and calls that a quorum. Two batches have prepared at the same place in the same view. What every view change rests on is gone: a certificate no longer says that no other batch can have one.',
  seed: 62,
  ablation: ['count-primary-prepare'],
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'equivocate', split: [3] },
    { do: 'submit', operation: { put: ['x', '1'] } },
    {
      do: 'send',
      replica: 0,
      to: 3,
      message: { type: 'prepare', view: 0, sequence: 1, operations: [] },
      when: { replica: 3, reaches: 'pre-prepared', sequence: 1 },
    },
  ],
  until: { atMs: 600 },
  expect: { safe: false, violations: ['prepared-unique'] },
};
