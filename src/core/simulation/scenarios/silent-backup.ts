import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Silent backup. */
export const silentBackup: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Silent backup',
  about:
    'Replica 3 is Byzantine and says nothing. From outside it cannot be told from a slow one, so nobody waits for it: the three that are left are a quorum.',
  seed: 21,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 3, behaviour: 'silent' },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { get: 'x' } },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
