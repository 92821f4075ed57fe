import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

const alone = { replica: 3, reaches: 'executed', sequence: 1 } as const;

/** Yesterday's promises. */
export const ablationAnyView: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Promises of another view',
  about:
    'A NEW-VIEW may prove itself with VIEW-CHANGEs for other views. The first request is executed in view 1, by replica 3 alone. On the way to view 2 replicas 0 and 1 tell that it has prepared; the Byzantine primary of view 2 shows what they told on the way to view 1 instead, when nothing had. So the place is free again, and gets another batch. All of it is signed, and all of it was true once.',
  seed: 72,
  ablation: ['any-view-in-new-view'],
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 2, behaviour: 'silent-to', targets: [] },
    { do: 'drop', match: { type: 'request', to: 0 } },
    ...[0, 1, 2].map((to) => ({
      do: 'drop' as const,
      match: { type: 'commit' as const, view: 1, to },
    })),
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'partition', groups: [[0, 1, 2, 'c0']], when: alone },
    { do: 'byzantine', replica: 2, behaviour: 'silent', when: alone },
    ...[0, 1].map((replica) => ({ do: 'timeout' as const, replica, when: alone, after: 10 })),
    {
      do: 'send',
      replica: 2,
      to: [0, 1],
      message: {
        type: 'new-view',
        view: 2,
        viewChanges: [
          { seen: { type: 'view-change', signer: 0, view: 1 } },
          { seen: { type: 'view-change', signer: 1, view: 1 } },
          { type: 'view-change', nextView: 2 },
        ],
      },
      when: alone,
      after: 60,
    },
    ...(['pre-prepare', 'commit'] as const).map((type) => ({
      do: 'send' as const,
      replica: 2,
      to: [0, 1],
      message: { type, view: 2, sequence: 1, operations: [] },
      when: alone,
      after: 100,
    })),
  ],
  until: { atMs: 2500 },
  expect: { safe: false, violations: ['agreement'] },
};
