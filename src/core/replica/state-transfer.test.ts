import { describe, expect, it } from 'vitest';

import type { Configuration } from '#core/pbft/configuration.ts';

import { TestCluster } from './test-cluster.ts';

/** Replica 3 hears nothing until the others are more than a window further. */
function leftBehind(overrides: Partial<Configuration> = {}, operations = 12): TestCluster {
  const cluster = new TestCluster({ checkpointInterval: 2, logSize: 4, ...overrides });
  cluster.isLost = ({ from, to }) => from === 3 || to === 3;
  for (let i = 0; i < operations; i++) cluster.submit({ put: [`key ${i}`, 'x'.repeat(800)] });
  cluster.runUntil(() => cluster.answers().length === operations);
  cluster.run(300);
  expect(cluster.replica(3).lastExecuted).toBe(0);
  cluster.isLost = () => false;
  return cluster;
}

describe('a replica that is more than a window behind', () => {
  it('[A-K8] fetches the state, although the cluster is idle', () => {
    const cluster = leftBehind();
    cluster.run(4000);

    const { stateDigest, lowWatermark, executed } = cluster.replica(0);
    expect(cluster.replica(3)).toMatchObject({ stateDigest, lowWatermark, executed });
    expect(cluster.reported('state-transfer').map(({ deed }) => deed)).toEqual([
      'started',
      'installed',
    ]);
    expect(cluster.reported('executed').length).toBe(3 * 12);
    expect(cluster.reported('view-change')).toEqual([]);
  });

  it('takes part again, and does not execute again what the state contains', () => {
    const cluster = leftBehind();
    cluster.run(4000);
    cluster.crash(0);
    cluster.submit({ put: ['y', '2'] });

    expect(cluster.runUntil(() => cluster.answers().length === 13)).toBe(true);
    cluster.run(1000);
    expect([1, 2, 3].map((i) => cluster.replica(i).executed)).toEqual([13, 13, 13]);
    expect(new Set([1, 2, 3].map((i) => cluster.replica(i).stateDigest)).size).toBe(1);
  });

  it('[A-K4] asks another source when one does not answer', () => {
    const cluster = leftBehind();
    cluster.isLost = ({ from, to, packet }) => {
      const { body } = packet.signed;
      return from === 1 && to === 3 && body.type === 'data';
    };
    cluster.run(6000);

    expect(cluster.replica(3).stateDigest).toBe(cluster.replica(0).stateDigest);
  });

  it.each(['before-commit', 'after-commit', 'after-send'] as const)(
    '[A-K5] installs it whole or not at all when it dies %s of any turn',
    (point) => {
      for (let offset = 1; offset < 40; offset += 3) {
        const cluster = leftBehind();
        const first = cluster.machines.get(3)?.turnOfLastRecord ?? 0;
        let isDue = true;
        cluster.crashIn = (id, turn) => {
          if (id !== 3 || turn !== first + offset || !isDue) return undefined;
          isDue = false;
          return point;
        };
        cluster.run(6000);
        expect(isDue).toBe(false);
        expect(cluster.replica(3).stateDigest).toBe(cluster.replica(0).stateDigest);
      }
    },
    60_000,
  );

  it('learns all the same when its store is gone', () => {
    const cluster = leftBehind();
    cluster.crash(3);
    cluster.records.set(3, []);
    cluster.restart(3);
    cluster.run(4000);

    expect(cluster.replica(3)).toMatchObject({
      status: 'learner',
      stateDigest: cluster.replica(0).stateDigest,
    });
  });
});
