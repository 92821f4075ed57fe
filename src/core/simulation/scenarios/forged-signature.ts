import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Bad signatures. */
export const forgedSignature: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Bad signatures',
  about:
    'Every message of replica 1 carries a signature that does not verify. Each is refused before anybody looks at what it says, and changes nothing anywhere.',
  seed: 31,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 1, behaviour: 'bad-signature' },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'submit', operation: { get: 'x' } },
  ],
  until: { executed: 2, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 2 },
};
