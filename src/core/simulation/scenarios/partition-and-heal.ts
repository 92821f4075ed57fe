import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Partition 2-2, then heal. */
export const partitionAndHeal: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Partition 2-2, then heal',
  about:
    'The network falls apart into two halves. Neither has a quorum, so neither decides anything: nothing wrong happens, and nothing happens. After the network heals STATUS messages show who lacks what, and the request is decided.',
  seed: 35,
  network: { latencyMs: [20, 28] },
  steps: [
    {
      do: 'partition',
      groups: [
        [0, 1, 'c0'],
        [2, 3],
      ],
    },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'expectHere', executed: 0, at: 890 },
    { do: 'heal', at: 900 },
  ],
  until: { executed: 1, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 1 },
};
