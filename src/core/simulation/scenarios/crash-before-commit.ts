import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Crash before the commit: a vote that never was. */
export const crashBeforeCommit: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Crash before the commit: a vote that never was',
  about:
    'Replica 1 accepts the PRE-PREPARE and votes, but is killed before the record of that turn is on its disk. So nothing of the turn has left: after the restart it knows nothing of slot 1, and may vote again without contradicting itself.',
  seed: 9,
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
  until: { executed: 1, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 1 },
};
