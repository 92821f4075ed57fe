import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

const moved = { replica: 3, reaches: 'executed', sequence: 1 } as const;

/** Back in a view that is over. */
export const ablationForgetView: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Back in a view that is over',
  about:
    'The view is not kept on disk. While replica 0, the first primary, is cut off, the others move to view 1 and execute a request there. Then the power fails. Replicas 2 and 3 begin in view 0 again, where replica 0 says once more what it has proposed for the same place. They vote for it, and replica 0 executes it. With its VIEW-CHANGE a replica promises never to vote in an older view again: a restart must not break that.',
  seed: 65,
  clients: 2,
  ablation: ['forget-view'],
  network: { latencyMs: [20, 28] },
  steps: [
    {
      do: 'partition',
      groups: [
        [0, 'c0'],
        [1, 2, 3, 'c1'],
      ],
    },
    ...(['data', 'new-view', 'view-change'] as const).map((type) => ({
      do: 'drop' as const,
      match: { type, to: 0 },
    })),
    { do: 'submit', client: 0, operation: { put: ['x', 'alone'] } },
    { do: 'submit', client: 1, operation: { put: ['x', 'together'] } },
    { do: 'crash', replica: 1, when: moved, after: 60 },
    ...[2, 3].map((replica) => ({
      do: 'restart' as const,
      replica,
      when: moved,
      after: 60,
    })),
    { do: 'heal', when: moved, after: 60 },
    { do: 'restart', replica: 0, when: moved, after: 70 },
  ],
  until: { atMs: 4000 },
  expect: { safe: false, violations: ['no-contradiction', 'agreement'] },
};
