import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A proposal from a backup. */
export const forgedSender: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A proposal from a backup',
  about:
    'Replica 2 sends a PRE-PREPARE of its own, with the client’s real request and its own good signature. It is not the primary of view 0, so all refuse it; the next one by the real primary goes through.',
  seed: 33,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 2, behaviour: 'silent' },
    { do: 'submit', operation: { put: ['x', '1'] } },
    {
      do: 'send',
      replica: 2,
      to: [1, 3],
      message: { type: 'pre-prepare', view: 0, sequence: 2, operations: [{ client: 0, index: 0 }] },
      when: { delivered: { type: 'request', to: 0 } },
    },
    { do: 'submit', operation: { put: ['x', '2'] } },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
