import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** What COMMIT is for. */
export const noCommitPhase: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'What COMMIT is for',
  about:
    'The replicas execute as soon as they are prepared. Replica 3 is, nobody else: the PREPAREs to the others are lost. It executes, and its network fails. The others know nothing of that; in the next view they give its place to another request. Nobody lied, nobody forgot, and two replicas have executed different requests at place 1. With COMMITs replica 3 would have waited until a quorum was prepared, and every view change would have found it.',
  seed: 49,
  clients: 2,
  ablation: ['no-commit-phase'],
  network: { latencyMs: [20, 28] },
  steps: [
    ...[0, 1, 2].map((to) => ({
      do: 'drop' as const,
      match: { type: 'prepare' as const, view: 0, to },
    })),
    { do: 'drop', match: { type: 'pre-prepare', view: 0, sequence: 1, to: 1 } },
    { do: 'submit', client: 0, operation: { put: ['x', 'first'] } },
    { do: 'submit', client: 1, operation: { put: ['x', 'second'] }, at: 10 },
    {
      do: 'partition',
      groups: [[0, 1, 2, 'c0', 'c1']],
      when: { replica: 3, reaches: 'executed', sequence: 1 },
    },
    ...[1, 2].map((replica) => ({ do: 'timeout' as const, replica, at: 120 })),
  ],
  until: { atMs: 1500 },
  expect: { safe: false, violations: ['agreement'] },
};
