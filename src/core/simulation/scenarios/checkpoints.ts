import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Checkpoints and garbage collection. */
export const checkpoints: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Checkpoints and garbage collection',
  about:
    'Every fourth slot the replicas compare their states. A checkpoint that a quorum vouches for is stable: the log before it is thrown away, and the window moves on. Without that the primary would have to stop after eight slots.',
  seed: 41,
  clients: 3,
  protocol: { checkpointInterval: 4, logSize: 8, pipeline: 3 },
  network: { latencyMs: [10, 20] },
  steps: [
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap((key, i) =>
      [0, 1, 2].map((client) => ({
        do: 'submit' as const,
        client,
        operation: { put: [`${key}${client}`, String(i)] },
      })),
    ),
    { do: 'expectHere', safe: true, when: { replica: 0, reaches: 'stable', sequence: 20 } },
  ],
  until: { executed: 24, atMs: 30_000 },
  expect: { safe: true, live: true, executed: 24 },
};
