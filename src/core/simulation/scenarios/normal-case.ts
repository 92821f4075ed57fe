import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Normal case. */
export const normalCase: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Normal case',
  about:
    'A client writes a value and reads it back. Three phases order each request: PRE-PREPARE proposes, PREPARE fixes the proposal in this view, COMMIT makes sure that enough replicas know. The client believes an answer that f + 1 replicas give.',
  seed: 7,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { get: 'x' } },
    {
      do: 'expectHere',
      executed: 2,
      state: { x: '1' },
      when: { client: 0, answered: 2 },
      after: 60,
    },
  ],
  until: { executed: 2, atMs: 5000 },
  expect: { safe: true, live: true, executed: 2 },
};
