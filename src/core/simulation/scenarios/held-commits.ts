import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Prepared is not committed. */
export const heldCommits: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Prepared is not committed',
  about:
    'Every COMMIT is held back. All replicas are prepared: nothing else can be decided in this view. But none of them knows that the others are, so none executes. Then the COMMITs are let go.',
  seed: 39,
  network: { latencyMs: [20, 28] },
  protocol: { resendMs: 2000, clientTimeoutMs: 3000 },
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'hold', match: { type: 'commit' } },
    { do: 'expectHere', executed: 0, at: 599 },
    { do: 'heal', at: 600 },
  ],
  until: { executed: 1, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 1 },
};
