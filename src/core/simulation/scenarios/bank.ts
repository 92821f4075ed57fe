import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Two clients, one account. */
export const bank: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Two clients, one account',
  about:
    'Two clients move money from the same account at the same time, and there is enough for one of them only. Whoever comes first in the agreed order gets it, and every replica gives the same answer. Requests that queue up travel in one batch.',
  seed: 43,
  clients: 2,
  service: 'bank',
  protocol: { batchMax: 4, pipeline: 1 },
  network: { latencyMs: [15, 30] },
  steps: [
    { do: 'submit', client: 0, operation: { deposit: ['shared', 100] } },
    { do: 'submit', client: 1, operation: { balance: 'shared' } },
    {
      do: 'submit',
      client: 0,
      operation: { transfer: ['shared', 'anna', 80] },
      when: { client: 0, answered: 1 },
    },
    {
      do: 'submit',
      client: 1,
      operation: { transfer: ['shared', 'bert', 80] },
      when: { client: 0, answered: 1 },
    },
  ],
  until: { executed: 4, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 4 },
};
