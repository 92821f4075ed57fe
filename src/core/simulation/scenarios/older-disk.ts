import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** An older copy of the disk comes back: the others remember what it does not. */
export const olderDisk: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A backup copy comes back: the others remember what it forgot',
  about:
    'Replica 2 is restored from a copy of its disk that was made before its last votes. Every record on it is sound, so nothing on the disk tells. Before it votes, a replica that wakes up asks the others for the last words that they hold of it. One of them carries its own signature and is not on its record: that proves the copy old. It becomes a learner.',
  seed: 56,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { put: ['x', '2'] } },
    {
      do: 'restart',
      replica: 2,
      disk: 'older',
      from: 100,
      when: { client: 0, answered: 2 },
      after: 40,
    },
    { do: 'submit', operation: { get: 'x' } },
  ],
  until: { atMs: 2500 },
  expect: { safe: true, live: true, executed: 3 },
};
