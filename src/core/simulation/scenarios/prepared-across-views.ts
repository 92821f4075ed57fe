import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Prepared, not committed, and taken along. */
export const preparedAcrossViews: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Prepared, not committed, and taken along',
  about:
    'Every COMMIT of view 0 is lost but those to replica 3, which alone executes. Then the primary crashes. The VIEW-CHANGEs carry what has prepared, so the new primary must propose the same batch at the same place: what replica 3 has executed stays executed.',
  seed: 54,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'drop', match: { type: 'commit', view: 0, to: 0 } },
    { do: 'drop', match: { type: 'commit', view: 0, to: 1 } },
    { do: 'drop', match: { type: 'commit', view: 0, to: 2 } },
    { do: 'drop', match: { type: 'data', from: 3 } },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'crash', replica: 0, when: { replica: 3, reaches: 'executed', sequence: 1 }, after: 5 },
    {
      do: 'timeout',
      replica: 1,
      when: { replica: 3, reaches: 'executed', sequence: 1 },
      after: 30,
    },
    {
      do: 'timeout',
      replica: 2,
      when: { replica: 3, reaches: 'executed', sequence: 1 },
      after: 30,
    },
    {
      do: 'expectHere',
      safe: true,
      view: 1,
      state: { x: '1' },
      when: { client: 0, answered: 1 },
      after: 100,
    },
    { do: 'submit', operation: { add: ['n', 1] } },
  ],
  until: { executed: 2, atMs: 20_000 },
  expect: { safe: true, live: true, executed: 2, view: 1 },
};
