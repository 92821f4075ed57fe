import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Silent primary. */
export const silentPrimary: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Silent primary',
  about:
    'The primary is Byzantine: it hears everything and says nothing. Nobody can prove it, and nobody has to: the backups lose patience together.',
  seed: 52,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'silent' },
    { do: 'submit', operation: { put: ['x', '1'] } },
  ],
  until: { executed: 1, atMs: 20_000 },
  expect: { safe: true, live: true, executed: 1, view: 1 },
};
