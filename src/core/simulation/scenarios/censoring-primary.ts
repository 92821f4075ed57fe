import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Censoring primary. */
export const censoringPrimary: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Censoring primary',
  about:
    'The Byzantine primary serves client 1 and leaves client 0 out of every batch. All goes on, but each backup watches the request that has waited longest, not progress as such: the censored one. When it runs out of time, view 1 begins.',
  seed: 57,
  clients: 2,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'censor', client: 0 },
    { do: 'submit', client: 0, operation: { put: ['x', '1'] } },
    { do: 'submit', client: 1, operation: { put: ['y', '1'] } },
    { do: 'submit', client: 1, operation: { put: ['y', '2'] } },
    { do: 'submit', client: 1, operation: { put: ['y', '3'] } },
  ],
  until: { executed: 4, atMs: 20_000 },
  expect: { safe: true, live: true, executed: 4, view: 1 },
};
