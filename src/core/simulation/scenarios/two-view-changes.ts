import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Two view changes in a row. */
export const twoViewChanges: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Two view changes in a row',
  about:
    'Seven replicas tolerate two faults, and the first two primaries are both Byzantine and silent. The view change to view 1 ends nowhere, its timer runs out, and the next one waits twice as long. View 2 has a correct primary.',
  seed: 53,
  replicas: 7,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'silent' },
    { do: 'byzantine', replica: 1, behaviour: 'silent' },
    { do: 'submit', operation: { put: ['x', '1'] } },
  ],
  until: { executed: 1, atMs: 30_000 },
  expect: { safe: true, live: true, executed: 1, view: 2 },
};
