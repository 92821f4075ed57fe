import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A slow primary. */
export const slowPrimary: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A slow primary',
  about:
    'The primary does everything right, 350 ms late: just before the timers of the backups run out. Nobody can prove anything against it, and nobody asks for another view. Every request is served, and each takes twenty times as long as it should.',
  seed: 62,
  network: { latencyMs: [10, 15] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'delay', ms: 350 },
    ...['x', 'y', 'z'].map((key) => ({
      do: 'submit' as const,
      operation: { put: [key, '1'] },
    })),
  ],
  until: { executed: 3, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 3, view: 0 },
};
