import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Lies about the state. */
export const lyingState: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Lies about the state',
  about:
    'Replica 3 sleeps through more than a window, and has to fetch the state of a stable checkpoint. Replica 1 answers with pieces that are not of that state. Every piece is compared with the digest that a quorum has signed, so a wrong one is found at once, and the rest is fetched from another replica.',
  seed: 59,
  protocol: { checkpointInterval: 2, logSize: 4 },
  network: { latencyMs: [10, 20] },
  steps: [
    { do: 'byzantine', replica: 1, behaviour: 'lie-state' },
    { do: 'crash', replica: 3 },
    ...Array.from({ length: 8 }, (_, i) => ({
      do: 'submit' as const,
      operation: { put: [`k${i}`, String(i)] },
    })),
    { do: 'restart', replica: 3, when: { replica: 1, executed: 8 }, after: 100 },
    {
      do: 'submit',
      operation: { get: 'k7' },
      when: { replica: 1, executed: 8 },
      after: 3000,
    },
  ],
  until: { executed: 9, atMs: 30_000 },
  expect: { safe: true, live: true, executed: 9 },
};
