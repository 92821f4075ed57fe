import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Everything three times. */
export const replay: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Replay: everything three times',
  about:
    'Replica 3 sends each of its messages three times, and the client’s operation adds 1. A vote counts once per signer, so two more copies of it change nothing. The timestamp in a request does the same for the client: a request that was executed is recognized, and n is 2 after two of them, however often they are heard.',
  seed: 74,
  network: { latencyMs: [20, 28], duplicate: 0.2 },
  steps: [
    { do: 'byzantine', replica: 3, behaviour: 'replay' },
    { do: 'submit', operation: { add: ['n', 1] } },
    { do: 'submit', operation: { add: ['n', 1] } },
    { do: 'expectHere', state: { n: '2' }, when: { client: 0, answered: 2 }, after: 100 },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
