import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Two majorities. */
export const ablationWeakQuorum: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Two quorums that never met',
  about:
    'A quorum is f + 1 = 2 of four. The network falls into two halves; each is a quorum of its own, elects its own primary and executes its own request at place 1. All are honest. Quorums must overlap in at least one correct replica: that one has a memory of both, and cannot vote for both.',
  seed: 61,
  clients: 2,
  ablation: ['quorum-f+1'],
  network: { latencyMs: [20, 28] },
  steps: [
    {
      do: 'partition',
      groups: [
        [0, 1, 'c0'],
        [2, 3, 'c1'],
      ],
    },
    { do: 'submit', client: 0, operation: { put: ['x', 'left'] } },
    { do: 'submit', client: 1, operation: { put: ['x', 'right'] } },
  ],
  until: { atMs: 4000 },
  expect: { safe: false, violations: ['agreement'] },
};
