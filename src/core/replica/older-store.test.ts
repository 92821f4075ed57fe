import { describe, expect, it } from 'vitest';

import { defined } from '#core/base/assert.ts';
import type { Message } from '#core/pbft/message.ts';
import { replicaId } from '#core/pbft/terms.ts';

import { ProcessMachine } from './process-machine.ts';
import type { Outgoing, ProcessInput } from './process.ts';
import { TestCluster } from './test-cluster.ts';
import { c, checkpointOf, delivered, digestOfIt, prePrepare, said, vote } from './test-messages.ts';

const binding = ['pre-prepare', 'prepare', 'commit', 'view-change', 'new-view'];

/** Restarts a replica of a cluster from a copy of its disk as it was when that many records were on it. */
function rollBack(cluster: TestCluster, id: number, records: number): void {
  cluster.crash(id);
  const log = defined(cluster.records.get(id), 'a replica has records');
  cluster.records.set(id, log.slice(0, records));
  cluster.restart(id);
}

function saidBy(cluster: TestCluster, id: number, from: number): readonly Message['type'][] {
  return cluster.sent
    .slice(from)
    .map(({ packet }) => packet.signed)
    .filter(({ signer }) => signer === id)
    .map(({ body }) => body.type);
}

/** Backup 1, started again from the records of these inputs. */
function woken(inputs: readonly ProcessInput[]): {
  readonly hear: (input: ProcessInput) => readonly string[];
  readonly status: () => unknown;
} {
  const first = ProcessMachine.start(1, c);
  const records = [{ type: 'start' } as const, ...inputs].map((input) => {
    first.turn(1000, input, null);
    return first.commit();
  });
  const machine = ProcessMachine.restore(1, c, records, 1, { verify: true });
  machine.turn(700_000, { type: 'restart', incarnation: 1 }, null);
  return {
    hear: (input) => wordsIn(machine.turn(800_000, input, null).outgoing),
    status: () => {
      const inspection = machine.inspect();
      return inspection.kind === 'replica' && inspection.status;
    },
  };
}

function wordsIn(outgoing: readonly Outgoing[]): readonly string[] {
  const types = outgoing.map(({ packet }) => packet.signed.body.type);
  return [...new Set(types.filter((type) => binding.includes(type)))];
}

function echo(from: number, messages: readonly ReturnType<typeof said>[] = []): ProcessInput {
  return delivered(
    said(from, {
      type: 'data',
      kind: 'echo',
      incarnation: 1,
      messages: messages.map(({ signed }) => {
        if (signed.body.type !== 'prepare' && signed.body.type !== 'checkpoint')
          throw new TypeError('these tests echo PREPAREs and CHECKPOINTs');
        return { ...signed, body: signed.body };
      }),
      replica: replicaId(from),
    }),
  );
}

describe('[V16] a replica that has woken up', () => {
  it('learns, orders nothing and votes for nothing until Q - 1 others have answered; then it votes', () => {
    const { hear } = woken([]);

    expect(hear(delivered(prePrepare()))).toEqual([]);
    expect(hear(delivered(vote('prepare', 2)))).toEqual([]);
    expect(hear({ type: 'expire' })).toEqual([]);
    expect(hear(echo(0))).toEqual([]);
    expect(hear(echo(0))).toEqual([]);
    expect(hear(echo(2))).toEqual(['prepare', 'commit']);
  });

  it('takes no answer that was meant for an earlier life', () => {
    const { hear } = woken([delivered(prePrepare())]);
    const stale = said(2, {
      type: 'data',
      kind: 'echo',
      incarnation: 0,
      messages: [],
      replica: replicaId(2),
    });

    expect(hear(echo(0))).toEqual([]);
    expect(hear(delivered(stale))).toEqual([]);
    expect(hear(echo(2))).toEqual(['prepare']);
  });

  it('is a learner once it meets own words that are not on its disk', () => {
    const { hear, status } = woken([]);

    expect(hear(echo(0, [vote('prepare', 1)]))).toEqual([]);
    expect(status()).toBe('learner');
    expect(hear(delivered(prePrepare()))).toEqual([]);
    expect(hear(echo(2))).toEqual([]);
  });

  it('is a learner when they come by themselves, long after it has begun to speak', () => {
    const { hear, status } = woken([]);
    hear(echo(0));
    hear(echo(2));
    expect(status()).toBe('normal');

    hear(delivered(checkpointOf(1, 8, digestOfIt), 3));
    expect(status()).toBe('learner');
  });

  it('is not moved by what it has on record, nor by what others have signed in its name', () => {
    const { hear, status } = woken([delivered(prePrepare())]);
    const { signed } = vote('prepare', 2, { n: 2 });
    const forged = { signed: { ...signed, signer: 1 } };

    hear(echo(0, [vote('prepare', 1)]));
    hear(echo(2, [forged]));
    expect(status()).toBe('normal');
  });

  it('believes itself alone: a store that was never left cannot be older', () => {
    const machine = ProcessMachine.start(1, c);
    machine.turn(0, { type: 'start' }, null);
    machine.turn(1000, delivered(vote('prepare', 1), 3), null);

    expect(machine.inspect()).toMatchObject({ status: 'normal' });
  });
});

describe('[A-S5] a copy of the disk from an earlier instant', () => {
  it('makes a learner that catches up and never votes again, however often it starts', () => {
    const cluster = new TestCluster();
    cluster.submit({ put: ['x', '1'] });
    cluster.run(600);
    const copy = defined(cluster.records.get(2), 'a replica has records').length;
    cluster.submit({ put: ['x', '2'] });
    cluster.run(600);
    const from = cluster.sent.length;
    rollBack(cluster, 2, copy);
    cluster.run(600);
    cluster.crash(2);
    cluster.restart(2);
    cluster.submit({ put: ['x', '3'] });
    cluster.run(1000);

    expect(cluster.reported('learner')).toEqual([{ type: 'learner', why: 'older-store' }]);
    expect(cluster.replica(2)).toMatchObject({ status: 'learner', executed: 3 });
    expect(cluster.answers()).toEqual(['ok', 'ok', 'ok']);
    expect(saidBy(cluster, 2, from).filter((type) => binding.includes(type))).toEqual([]);
  });

  it('is noticed wherever the copy was made before its last binding word', () => {
    for (let lost = 1; lost <= 6; lost++) {
      const cluster = new TestCluster();
      cluster.submit({ put: ['x', '1'] });
      cluster.run(25);
      const log = defined(cluster.records.get(1), 'a replica has records').length;
      cluster.run(300);
      const spoken = saidBy(cluster, 1, 0).filter((type) => binding.includes(type)).length;
      rollBack(cluster, 1, Math.max(1, log - lost));
      const from = cluster.sent.length;
      cluster.run(1000);
      const again = saidBy(cluster, 1, from).filter((type) => binding.includes(type)).length;

      expect(spoken).toBeGreaterThan(0);
      expect(again).toBe(0);
      expect(cluster.replica(1)).toMatchObject({ status: 'learner', executed: 1 });
    }
  });

  it('is noticed after a change of views that it does not know of', () => {
    const cluster = new TestCluster();
    cluster.run(300);
    const copy = defined(cluster.records.get(3), 'a replica has records').length;
    for (const id of [0, 1, 2, 3]) cluster.give(id, { type: 'expire' });
    cluster.run(300);
    rollBack(cluster, 3, copy);
    cluster.run(1000);

    expect(cluster.replica(3)).toMatchObject({ status: 'learner', view: 1 });
  });
});

describe('[A-S8] all restart together', () => {
  it('and go on, whatever one of them answers or hides', () => {
    for (const ms of [15, 25, 35, 45]) {
      const cluster = new TestCluster();
      cluster.submit({ put: ['x', '1'] });
      cluster.run(ms);
      const everybody = [0, 1, 2, 3, 'c0'] as const;
      for (const id of everybody) cluster.crash(id);
      cluster.flights = [];
      for (const id of everybody) cluster.restart(id);
      cluster.crash(3);

      expect(cluster.runUntil(() => cluster.answers().length === 1, 5000)).toBe(true);
      expect(cluster.reported('learner')).toEqual([]);
    }
  });

  it('while a view changes, and nobody breaks a promise', () => {
    const cluster = new TestCluster();
    cluster.submit({ put: ['x', '1'] });
    cluster.run(22);
    for (const id of [1, 2, 3]) cluster.give(id, { type: 'expire' });
    cluster.run(12);
    for (const id of [0, 1, 2, 3]) cluster.crash(id);
    cluster.flights = [];
    for (const id of [0, 1, 2, 3]) cluster.restart(id);

    expect(cluster.runUntil(() => cluster.answers().length === 1, 5000)).toBe(true);
    expect(cluster.reported('learner')).toEqual([]);
  });
});
