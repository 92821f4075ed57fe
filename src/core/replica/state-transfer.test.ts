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

/** Of seven, replica 6 prepares everything and hears of no decision; then it hears the claims of three. */
function weaklyClaimed(): TestCluster {
  const cluster = new TestCluster({ n: 7, f: 2, checkpointInterval: 2, logSize: 4 });
  cluster.isLost = ({ to, packet: { signed } }) => {
    const { body, signer } = signed;
    if (to !== 6) return false;
    if (body.type === 'checkpoint') return Number(signer) > 2 || body.sequence !== 4;
    return body.type === 'commit' || (body.type === 'data' && body.kind === 'slot');
  };
  for (let i = 0; i < 4; i++) cluster.submit({ put: [`key ${i}`, 'x'] });
  cluster.runUntil(() => cluster.answers().length === 4);
  cluster.run(2000);
  return cluster;
}

describe('[S3] [S4] a state that only f + 1 claim', () => {
  it('is installed; h stays where Q have signed it, and so do the certificates above it', () => {
    const cluster = weaklyClaimed();

    const { stateDigest } = cluster.replica(0);
    expect(cluster.reported('state-transfer')).toMatchObject([
      { deed: 'started', sequence: 4 },
      { deed: 'installed', sequence: 4 },
    ]);
    expect(cluster.replica(6)).toMatchObject({ stateDigest, lastExecuted: 4, lowWatermark: 0 });
    expect(cluster.replica(6).memory.preparedCertificates).toBe(4);
    cluster.give(6, { type: 'expire' });
    expect(cluster.reported('view-change').at(-1)).toMatchObject({
      stable: 0,
      prepared: [1, 2, 3, 4].map((sequence) => ({ sequence, view: 0 })),
    });
  });

  it('lets h follow as soon as Q agree', () => {
    const cluster = weaklyClaimed();
    cluster.isLost = () => false;
    cluster.submit({ put: ['y', '1'] });
    expect(cluster.runUntil(() => cluster.answers().length === 5)).toBe(true);
    cluster.run(1500);

    expect(cluster.replica(6)).toMatchObject({
      lowWatermark: 4,
      lastExecuted: 5,
    });
  });
});

describe('[S2] [A-K4] a transfer', () => {
  it('asks a liar no more, and completes from anyone else', () => {
    const cluster = leftBehind();
    cluster.behaviours.set(0, { behaviour: 'lie-state', how: 'bad-chunk' });
    cluster.run(4000);

    expect(cluster.replica(3).stateDigest).toBe(cluster.replica(0).stateDigest);
    const wrong = cluster.reported('rejected').filter(({ reason }) => reason === 'wrong-state');
    expect(wrong.length).toBeGreaterThan(0);
    expect(cluster.reported('misbehaved').length).toBeLessThanOrEqual(16);
  });

  it('[A-K5] goes on with the next state when the first one is let go, and keeps its chunks', () => {
    const cluster = leftBehind({}, 40);
    let held = true;
    cluster.isLost = ({ to, packet }) => {
      const { body } = packet.signed;
      return held && to === 3 && body.type === 'data' && body.kind === 'chunk' && body.index > 1;
    };
    cluster.runUntil(() => cluster.reported('state-transfer').length > 0);
    cluster.run(600);
    for (let i = 0; i < 8; i++) cluster.submit({ put: [`key ${i}`, 'y'] });
    cluster.runUntil(() => cluster.answers().length === 48);
    held = false;
    cluster.run(5000);

    expect(cluster.replica(3).stateDigest).toBe(cluster.replica(0).stateDigest);
    const transfers = cluster.reported('state-transfer');
    expect(transfers.filter(({ deed }) => deed === 'started').length).toBeGreaterThan(1);
    expect(transfers.at(-1)).toMatchObject({ deed: 'installed' });
    expect(transfers.at(-1)?.kept).toBeGreaterThan(0);
  });

  it('[A-K5] outlives the source that it asks', () => {
    const cluster = leftBehind();
    cluster.runUntil(() => cluster.reported('state-transfer').length > 0);
    cluster.crash(1);
    cluster.run(6000);

    expect(cluster.replica(3).stateDigest).toBe(cluster.replica(0).stateDigest);
  });
});
