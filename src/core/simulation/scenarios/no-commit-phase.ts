import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** What COMMIT is for. */
export const noCommitPhase: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'What COMMIT is for',
  about:
    'The replicas execute as soon as they are prepared. In one view that gives the same order, since only one batch can prepare. But who executes first does not know whether anybody else is prepared: should the primary fail at that moment, nothing forces the next view to keep what has already been answered.',
  seed: 49,
  ablation: ['no-commit-phase'],
  network: { latencyMs: [20, 28] },
  steps: [{ do: 'submit', operation: { put: ['x', '1'] } }],
  until: { atMs: 1000 },
  expect: { safe: false, violations: ['committed-backed'] },
};
