import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A suspended tab. */
export const pausedBackup: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A suspended tab',
  about:
    'Replica 3 is alive but gets no time, like a tab in the background. What is sent to it waits. When it wakes up it takes its inputs in the order in which they came, and catches up.',
  seed: 19,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { put: ['x', '2'] } },
    { do: 'pause', replica: 3, at: 50 },
    { do: 'resume', replica: 3, at: 600 },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
