import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Slow backup. */
export const slowBackup: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Slow backup',
  about:
    'Everything that reaches replica 3 takes six times as long. The others do not wait for it: a quorum is enough. It gets COMMITs before the PRE-PREPARE that they are about, keeps them, and ends in the same state.',
  seed: 3,
  network: {
    latencyMs: [15, 25],
    links: [
      { from: 0, to: 3, latencyMs: [150, 150] },
      { from: 1, to: 3, latencyMs: [90, 120] },
      { from: 2, to: 3, latencyMs: [90, 120] },
    ],
  },
  steps: [
    { do: 'submit', operation: { put: ['x', 'slow'] } },
    { do: 'submit', operation: { put: ['y', 'and steady'] } },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
