import { expect, it } from 'vitest';

import { TestCluster, verifies } from './test-cluster.ts';

it('[I14] every certificate that replicas store verifies from scratch, at every instant', () => {
  const cluster = new TestCluster({ checkpointInterval: 2, logSize: 4 });
  cluster.behaviours.set(3, { behaviour: 'double-vote' });
  for (let i = 0; i < 6; i++) cluster.submit({ add: ['x', 1] });

  const seen = new Set<string>();
  for (let instant = 0; instant < 60; instant++) {
    cluster.run(10);
    for (const id of [0, 1, 2]) {
      for (const { what, messages, problem } of cluster.machines.get(id)?.audit() ?? []) {
        const bad = messages.filter((message) => !verifies(cluster.configuration, message));
        expect({ what, problem, bad }).toEqual({ what, problem: undefined, bad: [] });
        seen.add(what.replaceAll(/[\d/]+/g, 'n'));
      }
    }
  }
  expect([...seen].sort((a, b) => (a < b ? -1 : 1))).toEqual([
    'batch of n',
    'commit certificate n',
    'evidence against n in commit',
    'evidence against n in prepare',
    'prepared certificate n',
    'stable checkpoint n',
  ]);
});
