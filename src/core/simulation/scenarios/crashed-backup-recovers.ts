import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A backup crashes mid-protocol and recovers from its disk. */
export const crashedBackupRecovers: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A backup crashes mid-protocol and recovers from its disk',
  about:
    'Replica 2 is killed in the turn in which it prepares slot 1, its COMMIT already sent. It comes back from its disk suspended at the very await at which it stopped, hears what it missed, and executes.',
  seed: 5,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { put: ['x', '2'] } },
    {
      do: 'crash',
      replica: 2,
      point: 'after-send',
      when: { replica: 2, reaches: 'prepared', sequence: 1 },
    },
    {
      do: 'restart',
      replica: 2,
      when: { replica: 2, reaches: 'prepared', sequence: 1 },
      after: 120,
    },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
