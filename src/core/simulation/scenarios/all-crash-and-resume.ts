import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Everybody crashes, everybody resumes. */
export const allCrashAndResume: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Everybody crashes, everybody resumes',
  about:
    'The power fails while slot 1 is half agreed on: replicas and client alike are gone, and so is every message in flight. Each comes back from its own disk, and together they finish what they had begun.',
  seed: 13,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'submit', operation: { put: ['x', 'survives'] } },
    { do: 'crash', replica: 0, when: { replica: 0, reaches: 'prepared', sequence: 1 }, after: 1 },
    { do: 'crash', replica: 1, when: { replica: 0, reaches: 'prepared', sequence: 1 }, after: 1 },
    { do: 'crash', replica: 2, when: { replica: 0, reaches: 'prepared', sequence: 1 }, after: 1 },
    { do: 'crash', replica: 3, when: { replica: 0, reaches: 'prepared', sequence: 1 }, after: 1 },
    { do: 'crash', client: 0, when: { replica: 0, reaches: 'prepared', sequence: 1 }, after: 1 },
    {
      do: 'restart',
      replica: 0,
      when: { replica: 0, reaches: 'prepared', sequence: 1 },
      after: 100,
    },
    {
      do: 'restart',
      replica: 1,
      when: { replica: 0, reaches: 'prepared', sequence: 1 },
      after: 120,
    },
    {
      do: 'restart',
      replica: 2,
      when: { replica: 0, reaches: 'prepared', sequence: 1 },
      after: 140,
    },
    {
      do: 'restart',
      replica: 3,
      when: { replica: 0, reaches: 'prepared', sequence: 1 },
      after: 160,
    },
    {
      do: 'restart',
      client: 0,
      when: { replica: 0, reaches: 'prepared', sequence: 1 },
      after: 180,
    },
  ],
  until: { executed: 1, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 1 },
};
