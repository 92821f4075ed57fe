import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';

/** Five replicas need four. */
export const fiveReplicasNeedFour: ScenarioSource = {
  format: 'pbft-lab/scenario@1',
  name: 'Five replicas need four',
  about:
    'Five replicas tolerate one fault like four do, but a quorum of three would not do: two quorums of three out of five share one replica only, and that one may be the liar. So it takes four. With two replicas down nothing is decided until one of them is back.',
  seed: 45,
  replicas: 5,
  network: { latencyMs: [20, 28] },
  steps: [
    { do: 'crash', replica: 3, at: 1 },
    { do: 'crash', replica: 4, at: 1 },
    { do: 'submit', operation: { put: ['x', '1'] } },
    { do: 'expectHere', executed: 0, at: 700 },
    { do: 'restart', replica: 3, at: 701 },
  ],
  until: { executed: 1, atMs: 10_000 },
  expect: { safe: true, live: true, executed: 1 },
};
