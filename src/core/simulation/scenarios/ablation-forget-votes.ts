import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

const all = [0, 1, 2, 3] as const;
const others = [0, 2, 3] as const;
const blackout = { replica: 1, reaches: 'executed', sequence: 1 } as const;

/** A power cut, and nobody remembers. */
export const ablationForgetVotes: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A power cut, and nobody remembers',
  about:
    'Votes are kept in memory only. Replica 1 has just executed the first request when the power fails everywhere. The others come back without a trace of the votes with which that was decided, and give the place to another batch. A vote must be on the disk before it leaves: a quorum counts on it for ever, not until the next reboot.',
  seed: 64,
  clients: 2,
  ablation: ['forget-votes'],
  protocol: { batchMax: 2 },
  network: { latencyMs: [20, 28] },
  steps: [
    ...others.map((to) => ({
      do: 'drop' as const,
      match: { type: 'commit' as const, to },
      count: 3,
    })),
    { do: 'submit', client: 0, operation: { put: ['x', 'before'] } },
    ...all.map((replica) => ({ do: 'crash' as const, replica, when: blackout })),
    ...others.map((replica) => ({
      do: 'restart' as const,
      replica,
      when: blackout,
      after: 100,
    })),
    { do: 'submit', client: 1, operation: { put: ['x', 'after'] }, when: blackout, after: 120 },
  ],
  until: { atMs: 1000 },
  expect: { safe: false, violations: ['no-contradiction', 'agreement'] },
};
