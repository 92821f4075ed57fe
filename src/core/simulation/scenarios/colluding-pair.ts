import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** A colluding pair. */
export const colludingPair: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A colluding pair',
  about:
    'One liar more than four replicas tolerate, and both behave by themselves. The primary gives one batch to replica 1 and another to replica 2. Replica 3 knows what its partner has proposed to whom, and votes before each for just that. Each of the two correct replicas sees a quorum: they execute different batches at the same place, and agreement is lost. What the liars have signed proves both of them faulty, more than f.',
  seed: 57,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'equivocate', split: [2, 3] },
    { do: 'byzantine', replica: 3, behaviour: 'collude', with: 0 },
    { do: 'submit', operation: { put: ['x', '1'] } },
  ],
  until: { atMs: 1000 },
  expect: { safe: false, violations: ['agreement'] },
};
