import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Twin primary. */
export const twinPrimary: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Twin primary',
  about:
    'Two instances of the primary run with one key, on either side of a partition. Both are correct; each orders what it hears, and together they have proposed two requests for one place. Only one of these can find a quorum. When the network heals, whoever meets both proposals holds a proof, and everybody comes to one state.',
  seed: 41,
  clients: 2,
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'twin' },
    {
      do: 'partition',
      groups: [
        [0, 1, 'c0'],
        ['t0', 2, 3, 'c1'],
      ],
    },
    { do: 'submit', client: 0, operation: { put: ['x', 'left'] } },
    { do: 'submit', client: 1, operation: { put: ['x', 'right'] } },
    { do: 'heal', at: 300 },
    { do: 'submit', client: 0, operation: { get: 'x' }, at: 600 },
  ],
  until: { executed: 3, atMs: 20_000 },
  expect: { safe: true, live: true, executed: 3 },
};
