import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';
import type { Scenario } from '#core/simulation/scenario.ts';

/** Normal case. Nothing is left to defaults: a page that opens it first needs no parser. */
export const normalCase: ScenarioSource & Scenario = {
  format: 'pbft-lab/scenario@1',
  name: 'Normal case',
  about:
    'A client writes a value and reads it back. Three phases order each request: PRE-PREPARE proposes, PREPARE fixes the proposal in this view, COMMIT makes sure that enough replicas know. The client believes an answer that f + 1 replicas give.',
  seed: 7,
  replicas: 4,
  f: 1,
  clients: 1,
  service: 'key-value',
  protocol: {
    checkpointInterval: 8,
    logSize: 16,
    requestTimeoutMs: 500,
    viewChangeTimeoutMs: 1000,
    resendMs: 250,
    clientTimeoutMs: 1000,
    batchMax: 1,
    pipeline: 8,
  },
  network: { latencyMs: [20, 28], loss: 0, duplicate: 0, links: [] },
  ablation: [],
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
