import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** The client crashes and asks again. */
export const clientCrashes: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'The client crashes and asks again',
  about:
    'The client is killed right after it sent its request. It remembers the timestamp that it used, so when it asks again the replicas recognize the request: it is executed once, and the answer is sent once more.',
  seed: 17,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'submit', operation: { add: ['visits', 1] } },
    { do: 'crash', client: 0, when: { sent: { type: 'request', to: 0 } }, after: 5 },
    { do: 'restart', client: 0, when: { sent: { type: 'request', to: 0 } }, after: 250 },
    { do: 'expectHere', state: { visits: '1' }, when: { client: 0, answered: 1 }, after: 100 },
  ],
  until: { executed: 1, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 1 },
};
