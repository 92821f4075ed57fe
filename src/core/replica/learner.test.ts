import { describe, expect, it } from 'vitest';

import { TestCluster } from './test-cluster.ts';

const votes = ['pre-prepare', 'prepare', 'commit', 'view-change', 'new-view'];

describe('a replica that has lost its store', () => {
  it('executes, answers and votes no more, however often it starts', () => {
    const cluster = new TestCluster();
    cluster.submit({ put: ['x', '1'] });
    cluster.run(600);
    cluster.crash(3);
    cluster.records.set(3, []);
    cluster.restart(3);
    const from = cluster.sent.length;
    cluster.submit({ put: ['x', '2'] });
    cluster.run(1500);
    cluster.crash(3);
    cluster.restart(3);
    cluster.submit({ put: ['x', '3'] });
    cluster.run(1500);

    expect(cluster.answers()).toEqual(['ok', 'ok', 'ok']);
    expect(cluster.replica(3)).toMatchObject({ status: 'learner', executed: 3, lastExecuted: 3 });
    const said = cluster.sent.slice(from).filter(({ packet }) => packet.signed.signer === 3);
    expect(said.filter(({ packet }) => votes.includes(packet.signed.body.type))).toEqual([]);
    expect(said.some(({ packet }) => packet.signed.body.type === 'reply')).toBe(true);
    expect(cluster.reported('learner')).toEqual([{ type: 'learner', why: 'empty-store' }]);
  });

  it('follows the others into another view, and joins nobody', () => {
    const cluster = new TestCluster();
    cluster.crash(3);
    cluster.records.set(3, []);
    cluster.restart(3);
    for (const id of [0, 1, 2]) cluster.give(id, { type: 'expire' });
    cluster.give(3, { type: 'expire' });
    cluster.submit({ put: ['x', '1'] });
    cluster.run(2000);

    expect(cluster.replica(3)).toMatchObject({ status: 'learner', view: 1, executed: 1 });
    expect(cluster.answers()).toEqual(['ok']);
  });
});
