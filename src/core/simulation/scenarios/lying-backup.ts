import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Lying backup. */
export const lyingBackup: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Lying backup',
  about:
    'Replica 2 votes as it should and answers the client with results of its own invention. The client takes a result only when f + 1 = 2 replicas give the same one: one of those two is correct, so the result is. One liar never reaches two.',
  seed: 73,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 2, behaviour: 'lie-reply' },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { get: 'x' } },
    { do: 'expectHere', state: { x: '1' }, when: { client: 0, answered: 2 }, after: 60 },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
