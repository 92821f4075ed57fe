import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** The primary crashes. */
export const crashedPrimary: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'The primary crashes',
  about:
    'The primary is gone before it has ordered anything. The client asks everybody; the backups wait for their request timeout, ask for view 1, and replica 1 leads on. The old primary comes back from its disk, and follows.',
  seed: 51,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'crash', replica: 0 },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { get: 'x' } },
    { do: 'restart', replica: 0, when: { replica: 1, reaches: 'new-view' }, after: 60 },
  ],
  until: { executed: 2, atMs: 20_000 },
  expect: { safe: true, live: true, executed: 2, view: 1 },
};
