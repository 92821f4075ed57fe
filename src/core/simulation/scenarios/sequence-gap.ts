import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A gap in the order. */
export const sequenceGap: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A gap in the order',
  about:
    'The primary orders two requests as it should, then leaves places 3 and 4 empty and proposes the next request at 5. The backups agree on place 5, but execution has to wait for what is before it, and nobody can fill the gap in this view. Their timers run out; the next primary finds place 5 prepared and puts null requests where nobody prepared anything.',
  seed: 58,
  clients: 3,
  network: { latencyMs: [15, 25] },
  steps: [
    { do: 'submit', client: 0, operation: { put: ['x', '1'] } },
    { do: 'submit', client: 1, operation: { put: ['y', '2'] } },
    {
      do: 'byzantine',
      replica: 0,
      behaviour: 'skip-sequence',
      when: { replica: 0, executed: 2 },
    },
    {
      do: 'submit',
      client: 2,
      operation: { put: ['z', '3'] },
      when: { replica: 0, executed: 2 },
      after: 50,
    },
  ],
  until: { executed: 3, atMs: 15_000 },
  expect: { safe: true, live: true, executed: 3, view: 1 },
};
