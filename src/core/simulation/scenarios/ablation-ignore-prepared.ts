import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

const alone = { replica: 3, reaches: 'executed', sequence: 1 } as const;

/** A new view that forgets the old one. */
export const ablationIgnorePrepared: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A new view that forgets the old one',
  about:
    'The new primary does not look at what the VIEW-CHANGEs say has prepared. Every COMMIT of view 0 is lost but those to replica 3, which executes the first request. Then the others lose patience with replica 0. Two of them can prove that the request prepared at place 1, so it may have been executed somewhere; view 1 gives the place to another batch all the same.',
  seed: 66,
  clients: 2,
  ablation: ['ignore-prepared-in-view-change'],
  protocol: { batchMax: 2 },
  network: { latencyMs: [20, 28] },
  steps: [
    ...[0, 1, 2].map((to) => ({
      do: 'drop' as const,
      match: { type: 'commit' as const, view: 0, to },
    })),
    { do: 'drop', match: { type: 'data', from: 3 } },
    { do: 'submit', client: 0, operation: { put: ['x', 'old'] } },
    { do: 'partition', groups: [[0, 1, 2, 'c0', 'c1']], when: alone },
    ...[1, 2].map((replica) => ({
      do: 'timeout' as const,
      replica,
      when: alone,
      after: 80,
    })),
    { do: 'submit', client: 1, operation: { put: ['x', 'new'] }, when: alone },
  ],
  until: { atMs: 3000 },
  expect: { safe: false, violations: ['view-preserved', 'agreement'] },
};
