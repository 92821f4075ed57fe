import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

const alone = { replica: 3, reaches: 'executed', sequence: 1 } as const;

/** A new primary that may write what it likes. */
export const ablationUncheckedNewView: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A new primary that may write what it likes',
  about:
    'Replicas take the order of a NEW-VIEW as it stands. Replica 3 alone has executed the request when the others leave view 0. Their VIEW-CHANGEs prove that it has prepared, and the Byzantine primary of view 1 even shows them. But it gives the place to the null request, and nobody computes that this does not follow. A NEW-VIEW is a claim with its proof: it is worth what its readers check.',
  seed: 71,
  ablation: ['unchecked-new-view'],
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 1, behaviour: 'silent' },
    ...[0, 2].map((to) => ({
      do: 'drop' as const,
      match: { type: 'commit' as const, view: 0, to },
    })),
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'partition', groups: [[0, 1, 2, 'c0']], when: alone },
    { do: 'timeout', replica: 2, when: alone, after: 10 },
    {
      do: 'send',
      replica: 1,
      to: 0,
      message: { type: 'view-change', nextView: 1 },
      when: alone,
      after: 10,
    },
    {
      do: 'send',
      replica: 1,
      to: [0, 2],
      message: {
        type: 'new-view',
        view: 1,
        viewChanges: [
          { seen: { type: 'view-change', signer: 0 } },
          { type: 'view-change', nextView: 1 },
          { seen: { type: 'view-change', signer: 2 } },
        ],
        prePrepares: [{ type: 'pre-prepare', view: 1, sequence: 1, digest: 'null' }],
      },
      when: alone,
      after: 80,
    },
    {
      do: 'send',
      replica: 1,
      to: [0, 2],
      message: { type: 'commit', view: 1, sequence: 1, digest: 'null' },
      when: alone,
      after: 120,
    },
  ],
  until: { atMs: 600 },
  expect: { safe: false, violations: ['agreement'] },
};
