import { describe, expect, it } from 'vitest';

import type { Behaviour } from '#core/replica/process.ts';
import { TestCluster } from '#core/replica/test-cluster.ts';

/** A cluster of four in which one replica is Byzantine, after one request and some time for repair. */
function clusterWith(id: number, behaviour: Behaviour): TestCluster {
  const cluster = new TestCluster();
  cluster.behaviours.set(id, behaviour);
  cluster.submit({ put: ['x', '1'] });
  cluster.run(1500);
  return cluster;
}

function statesOf(cluster: TestCluster, ids: readonly number[]): readonly unknown[] {
  return ids.map((id) => cluster.replica(id).state);
}

const done = [['x', '1']];

describe('a Byzantine backup', () => {
  it.each<Behaviour['behaviour']>([
    'silent',
    'double-vote',
    'wrong-digest',
    'bad-signature',
    'equivocate',
  ])('cannot keep the others from executing: %s', (behaviour) => {
    const cluster = clusterWith(3, { behaviour });

    expect(cluster.answers()).toEqual(['ok']);
    expect(statesOf(cluster, [0, 1, 2])).toEqual([done, done, done]);
    expect(cluster.reported('misbehaved').length > 0).toBe(behaviour !== 'equivocate');
  });

  it('that votes twice is convicted where both of its votes arrive', () => {
    const cluster = clusterWith(3, { behaviour: 'double-vote' });

    expect(cluster.replica(1).evidence).toEqual([
      expect.objectContaining({ culprit: 3, kind: 'prepare', view: 0, sequence: 1 }),
      expect.objectContaining({ culprit: 3, kind: 'commit', view: 0, sequence: 1 }),
    ]);
  });

  it('that votes for what nobody proposed is shown the PRE-PREPARE', () => {
    const cluster = clusterWith(3, { behaviour: 'wrong-digest' });

    const shown = cluster.sent.filter(
      ({ to, packet }) =>
        to === 3 && packet.signed.body.type === 'pre-prepare' && packet.batch === undefined,
    );
    expect(new Set(shown.map(({ from }) => from))).toEqual(new Set([0, 1, 2]));
    expect(shown.length).toBe(3);
  });

  it('that is silent to one replica does not keep it from executing', () => {
    const cluster = clusterWith(3, { behaviour: 'silent-to', targets: [1] });

    expect(statesOf(cluster, [0, 1, 2])).toEqual([done, done, done]);
  });
});

describe('a Byzantine primary', () => {
  it('[A-P6] that is silent to one backup cannot keep it from executing: its peers repair it', () => {
    const cluster = clusterWith(0, { behaviour: 'silent-to', targets: [3] });

    expect(cluster.answers()).toEqual(['ok']);
    expect(statesOf(cluster, [1, 2, 3])).toEqual([done, done, done]);
  });

  it('[A-P1] that equivocates gets one batch decided at most, and is convicted', () => {
    const cluster = clusterWith(0, { behaviour: 'equivocate' });

    const executed = cluster.reported('executed');
    const places = new Set(executed.map(({ sequence }) => sequence));
    const decisions = new Set(executed.map(({ sequence, digest }) => `${sequence} ${digest}`));
    expect(decisions.size).toBe(places.size);
    expect(statesOf(cluster, [1, 2, 3])).toEqual([done, done, done]);
    expect([1, 2, 3].map((id) => cluster.replica(id).executed)).toEqual([1, 1, 1]);
    expect(cluster.reported('evidence')[0]).toMatchObject({
      culprit: 0,
      kind: 'pre-prepare',
      sequence: 1,
    });
  });

  it('that splits the backups evenly at n = 7 decides nothing, and is replaced', () => {
    const cluster = new TestCluster({ n: 7, f: 2 });
    cluster.behaviours.set(0, { behaviour: 'equivocate', split: [4, 5, 6] });
    cluster.submit({ put: ['x', '1'] });
    cluster.run(800);

    expect(cluster.reported('prepared').filter(({ view }) => view === 0)).toEqual([]);
    expect(cluster.reported('evidence').length).toBeGreaterThan(0);
    expect(cluster.replica(1)).toMatchObject({ status: 'normal', view: 1 });
    expect(cluster.answers()).toEqual(['ok']);
  });

  it.each<Behaviour['behaviour']>(['wrong-digest', 'bad-signature', 'silent'])(
    'gets nothing decided, and is replaced: %s',
    (behaviour) => {
      const cluster = clusterWith(0, { behaviour });

      expect(cluster.reported('pre-prepared').length).toBe(1);
      expect(cluster.reported('executed')).toEqual([]);
      expect(cluster.runUntil(() => cluster.answers().length === 1, 3000)).toBe(true);
      expect(statesOf(cluster, [1, 2, 3])).toContainEqual(done);
      expect(cluster.reported('misbehaved').length).toBeGreaterThan(0);
    },
  );
});
