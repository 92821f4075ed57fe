import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Two liars of four. */
export const moreThanF: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Two liars of four',
  about:
    'Replicas 0 and 3 are Byzantine, one more than four replicas tolerate. The primary gives one batch to replica 1 and another to replica 2; replica 3 votes for both. Each half sees a quorum, and two correct replicas execute different batches at the same place. Their signatures give both liars away.',
  seed: 56,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'equivocate', split: [2] },
    { do: 'byzantine', replica: 3, behaviour: 'silent' },
    {
      do: 'partition',
      cut: [
        [1, 2],
        [2, 1],
      ],
    },
    { do: 'submit', operation: { put: ['x', '1'] } },
    ...(['prepare', 'commit'] as const).flatMap((type) => [
      {
        do: 'send' as const,
        replica: 3,
        to: 1,
        message: { type, view: 0, sequence: 1, operations: [{ client: 0, index: 0 }] },
        when: { replica: 1, reaches: 'pre-prepared' as const },
      },
      {
        do: 'send' as const,
        replica: 3,
        to: 2,
        message: { type, view: 0, sequence: 1, operations: [] },
        when: { replica: 2, reaches: 'pre-prepared' as const },
      },
    ]),
  ],
  until: { atMs: 400 },
  expect: { safe: false, violations: ['agreement'] },
};
