import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A primary that ignores one backup. */
export const selectivePrimary: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A primary that ignores one backup',
  about:
    'The Byzantine primary never tells replica 3 anything. The others decide with it. Replica 3 hears their votes for something that it never saw; its STATUS says what it lacks, and any correct replica sends it the batch and the COMMITs that decided it.',
  seed: 23,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'silent-to', targets: [3] },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { put: ['y', '2'] } },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
