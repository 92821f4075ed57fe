import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Paid twice. */
export const ablationNoClientTable: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Paid twice',
  about:
    'The replicas do not remember which request of a client they have executed last. The Byzantine primary orders the same signed transfer a second time. All agree on that order, and all execute it: agreement alone does not keep the money where it belongs. With the client table the second one is recognized at execution, and answered with the result of the first.',
  seed: 68,
  service: 'bank',
  ablation: ['no-client-table'],
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'silent-to', targets: [] },
    { do: 'submit', operation: { open: ['alice', 10] } },
    { do: 'submit', operation: { open: ['bob', 0] } },
    { do: 'submit', operation: { transfer: ['alice', 'bob', 5] } },
    {
      do: 'send',
      replica: 0,
      to: [1, 2, 3],
      message: { type: 'pre-prepare', view: 0, sequence: 4, operations: [{ client: 0, index: 2 }] },
      when: { client: 0, answered: 3 },
    },
    {
      do: 'send',
      replica: 0,
      to: [1, 2, 3],
      message: { type: 'commit', view: 0, sequence: 4, operations: [{ client: 0, index: 2 }] },
      when: { client: 0, answered: 3 },
    },
  ],
  until: { atMs: 1000 },
  expect: { safe: false, violations: ['exactly-once'] },
};
