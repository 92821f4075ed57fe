import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A state without memory of its clients. */
export const ablationNoCheckpointTable: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A state without memory of its clients',
  about:
    'The digest of a checkpoint leaves out the client table, so a replica that fetches the state gets none. Replica 3 sleeps, falls behind and fetches it. Then the Byzantine primary orders an old request once more. The others know that they have executed it, replica 3 does not: it adds 1 once too often. Which requests are done is part of the state.',
  seed: 67,
  ablation: ['no-checkpoint-table'],
  protocol: { checkpointInterval: 2, logSize: 4 },
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'silent-to', targets: [] },
    { do: 'partition', groups: [[0, 1, 2, 'c0']] },
    ...Array.from({ length: 8 }, () => ({
      do: 'submit' as const,
      operation: { add: ['n', 1] },
    })),
    { do: 'heal', when: { client: 0, answered: 8 } },
    {
      do: 'send',
      replica: 0,
      to: [1, 2, 3],
      message: { type: 'pre-prepare', view: 0, sequence: 9, operations: [{ client: 0, index: 7 }] },
      at: 2500,
    },
  ],
  until: { atMs: 3000 },
  expect: { safe: false, violations: ['exactly-once'] },
};
