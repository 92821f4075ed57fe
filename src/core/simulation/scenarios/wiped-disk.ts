import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A disk is wiped: the replica learns, and votes no more. */
export const wipedDisk: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A disk is wiped: the replica learns, and votes no more',
  about:
    'Replica 3 comes back with an empty disk. It cannot know what it has promised, so whatever it said now might contradict it. It stays a learner: it takes the state from the others, executes what they decide and answers clients, but never votes again. It counts as the one fault that four replicas tolerate.',
  seed: 55,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'restart', replica: 3, disk: 'wiped', when: { client: 0, answered: 1 } },
    { do: 'submit', operation: { put: ['x', '2'] } },
    { do: 'submit', operation: { get: 'x' } },
    { do: 'restart', replica: 3, when: { client: 0, answered: 2 } },
  ],
  until: { atMs: 2000 },
  expect: { safe: true, live: true, executed: 3 },
};
