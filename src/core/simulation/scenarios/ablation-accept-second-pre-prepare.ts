import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

const first = [{ client: 0, index: 0 }];

/** A replica changes its mind. */
export const ablationAcceptSecondPrePrepare: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'A replica changes its mind',
  about:
    'Replicas accept a second PRE-PREPARE for a place at which they have accepted one, and vote again. The Byzantine primary has a request committed at replica 1 with the help of replica 2, then shows replicas 2 and 3 another batch: they vote for that too, and replica 3 executes it. A vote is worth something only because it is the only one that its replica gives at this place in this view.',
  seed: 63,
  ablation: ['accept-second-pre-prepare'],
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'byzantine', replica: 0, behaviour: 'silent' },
    { do: 'drop', match: { type: 'prepare', from: 3, to: 2, digestOf: { client: 0, index: 0 } } },
    { do: 'drop', match: { type: 'prepare', from: 2, to: 3, digestOf: { client: 0, index: 0 } } },
    { do: 'drop', match: { type: 'commit', from: 2, to: 3, digestOf: { client: 0, index: 0 } } },
    { do: 'submit', operation: { put: ['x', '1'] } },
    {
      do: 'send',
      replica: 0,
      to: [1, 2, 3],
      message: { type: 'pre-prepare', view: 0, sequence: 1, operations: first },
      when: { delivered: { type: 'request', to: 0 } },
    },
    {
      do: 'send',
      replica: 0,
      to: 1,
      message: { type: 'commit', view: 0, sequence: 1, operations: first },
      when: { replica: 1, reaches: 'prepared', sequence: 1 },
    },
    {
      do: 'send',
      replica: 0,
      to: [2, 3],
      message: { type: 'pre-prepare', view: 0, sequence: 1, operations: [] },
      when: { replica: 1, reaches: 'executed', sequence: 1 },
    },
    {
      do: 'send',
      replica: 0,
      to: [2, 3],
      message: { type: 'commit', view: 0, sequence: 1, operations: [] },
      when: { replica: 1, reaches: 'executed', sequence: 1 },
    },
  ],
  until: { atMs: 450 },
  expect: { safe: false, violations: ['agreement'] },
};
