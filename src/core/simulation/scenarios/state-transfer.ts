import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A replica that was away for more than a window takes the state instead of the messages. */
export const stateTransfer: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Away for more than a window: the state itself is fetched',
  about:
    'Replica 3 is cut off while the others execute ten operations. With a window of four they have let go of the messages it missed: nobody can tell it what was decided. It gets the proof of a stable checkpoint, Q signatures under one digest, and fetches the state piece by piece. Each piece is checked against that digest, so it does not matter who sends it.',
  seed: 57,
  network: { latencyMs: [15, 20] },
  protocol: { checkpointInterval: 2, logSize: 4 },
  steps: [
    { do: 'partition', groups: [[0, 1, 2, 'c0']] },
    ...Array.from({ length: 10 }, (_, i) => ({
      do: 'submit' as const,
      operation: { put: [`k${i}`, String(i)] as [string, string] },
    })),
    { do: 'heal', when: { client: 0, answered: 10 }, after: 100 },
    { do: 'submit', operation: { get: 'k3' }, at: 3000 },
  ],
  until: { executed: 11, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 11 },
};
