import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** First decided, first executed. */
export const ablationNoExecutionOrder: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'First decided, first executed',
  about:
    'A decided place is executed at once, whatever is still missing below it. Everything about place 1 comes late to replica 3, so it executes place 2 first. All replicas have decided the same batches at the same places, and still replica 3 ends with another value of x. Agreement on an order is worth nothing unless everybody follows it.',
  seed: 69,
  clients: 2,
  ablation: ['no-execution-order'],
  protocol: { checkpointInterval: 2, logSize: 4 },
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'delay', match: { to: 3, view: 0, sequence: 1 }, ms: 120, count: 7 },
    { do: 'submit', client: 0, operation: { put: ['x', 'one'] } },
    { do: 'submit', client: 1, operation: { put: ['x', 'two'] }, at: 10 },
  ],
  until: { atMs: 1000 },
  expect: { safe: false, violations: ['contiguous-execution', 'checkpoint-agreement'] },
};
