import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Double-voting backup. */
export const doubleVotingBackup: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Double-voting backup',
  about:
    'Replica 3 votes for the proposal to some and against it to others. A vote counts once per signer and only for its own digest, so it gains nothing; who gets both votes holds a proof of it.',
  seed: 27,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 3, behaviour: 'double-vote' },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { get: 'x' } },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
