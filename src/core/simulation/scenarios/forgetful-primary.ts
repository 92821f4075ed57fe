import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A primary forgets its proposal: it must not make another one. */
export const forgetfulPrimary: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A primary forgets what it proposed',
  about:
    'The primary proposes, dies, and comes back from a disk without the record of it. If it proposed anything else in that place it would be as bad as an equivocating one. The others echo its PRE-PREPARE: it knows that its memory has a hole, and stays silent. They change views without it.',
  seed: 59,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    {
      do: 'crash',
      replica: 0,
      point: 'after-send',
      when: { replica: 0, reaches: 'pre-prepared', sequence: 1 },
    },
    {
      do: 'restart',
      replica: 0,
      disk: 'lose-last',
      when: { replica: 0, reaches: 'pre-prepared', sequence: 1 },
      after: 60,
    },
    { do: 'submit', operation: { get: 'x' } },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
