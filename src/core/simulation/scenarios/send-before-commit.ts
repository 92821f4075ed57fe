import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Speak first, write later. */
export const sendBeforeCommit: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Speak first, write later',
  about:
    'Messages leave before the record of their turn is on the disk. Replica 1 votes, and is killed before the record is written: after the restart it knows nothing of a vote that the others count. A correct replica that forgets its word is as dangerous as one that breaks it.',
  seed: 51,
  ablation: ['send-before-commit'],
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    {
      do: 'crash',
      replica: 1,
      point: 'before-commit',
      when: { replica: 1, reaches: 'pre-prepared', sequence: 1 },
    },
    {
      do: 'restart',
      replica: 1,
      when: { replica: 1, reaches: 'pre-prepared', sequence: 1 },
      after: 80,
    },
  ],
  until: { atMs: 800 },
  expect: { safe: false, violations: ['write-ahead'] },
};
