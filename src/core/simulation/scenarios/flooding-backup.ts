import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A flood. */
export const floodingBackup: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A flood',
  about:
    'Beside each of its votes replica 3 sends sixteen messages that look valid: votes for places that nobody has come to, checkpoints far away, questions about batches that do not exist. Each is refused, or takes the one place that is kept for this replica. Memory stays within its bounds, and clients are served as ever.',
  seed: 61,
  clients: 2,
  network: { latencyMs: [10, 20] },
  steps: [
    { do: 'byzantine', replica: 3, behaviour: 'flood', count: 16 },
    { do: 'submit', client: 0, operation: { put: ['x', '1'] } },
    { do: 'submit', client: 1, operation: { put: ['y', '2'] } },
    { do: 'submit', client: 0, operation: { get: 'y' } },
  ],
  until: { executed: 3, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 3 },
};
