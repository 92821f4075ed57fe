import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** One message in ten is lost. */
export const messageLoss: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'One message in ten is lost',
  about:
    'Nobody acknowledges anything. What is lost is missed by whoever needs it: its STATUS tells the others, who send it again; a client without an answer asks again.',
  seed: 37,
  network: { latencyMs: [15, 35], loss: 0.1, duplicate: 0.05 },
  steps: [
    { do: 'submit', operation: { put: ['a', '1'] } },
    { do: 'submit', operation: { put: ['b', '2'] } },
    { do: 'submit', operation: { put: ['c', '3'] } },
    { do: 'submit', operation: { put: ['d', '4'] } },
    { do: 'submit', operation: { get: 'a' } },
  ],
  until: { executed: 5, atMs: 30_000 },
  expect: { safe: true, live: true, executed: 5 },
};
