import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Votes for what nobody proposed. */
export const wrongDigest: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Votes for what nobody proposed',
  about:
    'Replica 2 signs its votes properly, but for a digest of its own invention. They are well-formed and they are filed; they never match the proposal, so they never count.',
  seed: 29,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 2, behaviour: 'wrong-digest' },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { get: 'x' } },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
