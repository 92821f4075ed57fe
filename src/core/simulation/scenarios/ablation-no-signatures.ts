import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

const forged = { view: 0, sequence: 1 } as const;

/** Words in other mouths. */
export const ablationNoSignatures: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Words in other mouths',
  about:
    'Nobody checks signatures. Replica 3 writes to replica 2 in the names of the others: a proposal of the primary, a PREPARE of replica 1, the COMMITs of both. Replica 2 has a quorum in its hands that never was, and executes an empty batch where the others execute the request. All counting of votes rests on this: whoever signs a message is the only one who can have said it.',
  seed: 70,
  ablation: ['no-signatures'],
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 3, behaviour: 'silent-to', targets: [2] },
    { do: 'submit', operation: { put: ['x', '1'] } },
    {
      do: 'send',
      replica: 3,
      to: 2,
      message: { type: 'pre-prepare', ...forged, operations: [], signer: 0 },
    },
    {
      do: 'send',
      replica: 3,
      to: 2,
      message: { type: 'prepare', ...forged, operations: [], replica: 1, signer: 1 },
    },
    ...[0, 1].map((replica) => ({
      do: 'send' as const,
      replica: 3,
      to: 2,
      message: {
        type: 'commit' as const,
        ...forged,
        operations: [],
        replica,
        signer: replica,
      },
    })),
  ],
  until: { atMs: 400 },
  expect: { safe: false, violations: ['agreement'] },
};
