import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Crash after the commit: a vote nobody heard. */
export const crashAfterCommit: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Crash after the commit: a vote nobody heard',
  about:
    'Replica 1 writes its vote to disk and is killed before it sends it. The vote binds it all the same: after the restart it says again exactly what its disk says.',
  seed: 9,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    {
      do: 'crash',
      replica: 1,
      point: 'after-commit',
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
