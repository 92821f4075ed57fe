import { describe, expect, it } from 'vitest';

import type { Flight } from './test-cluster.ts';
import { TestCluster } from './test-cluster.ts';

const all = [0, 1, 2, 3];

function isType(type: string, { packet }: Flight): boolean {
  return packet.signed.body.type === type;
}

function viewsOf(cluster: TestCluster, ids = all): readonly number[] {
  return ids.map((i) => cluster.replica(i).view);
}

/** No slot has two digests executed, and no request executes twice. */
function expectAgreement(cluster: TestCluster): void {
  const digests = new Map<string, string>();
  for (const { process, report } of cluster.reports) {
    if (report.type !== 'executed') continue;
    const key = String(report.sequence);
    expect(report.digest, `slot ${key} at ${process}`).toBe(digests.get(key) ?? report.digest);
    digests.set(key, report.digest);
  }
}

describe('a change of views', () => {
  it('[L2] does not happen while nothing fails', () => {
    const cluster = new TestCluster({ clients: 2 });
    for (let i = 0; i < 20; i++) cluster.submit({ put: [`${i}`, 'x'] }, i % 2 === 0 ? 'c0' : 'c1');
    cluster.run(5000);

    expect(cluster.answers('c0').length + cluster.answers('c1').length).toBe(20);
    expect(cluster.reported('view-change')).toEqual([]);
    expect(all.flatMap((i) => cluster.replica(i).timer ?? [])).toEqual([]);
  });

  it('[A-P5] replaces a primary that is silent; the request executes once', () => {
    const cluster = new TestCluster();
    cluster.behaviours.set(0, { behaviour: 'silent' });
    cluster.submit({ put: ['x', '1'] });

    expect(cluster.runUntil(() => cluster.answers().length === 1)).toBe(true);
    cluster.run(1000);
    expect([1, 2, 3].map((i) => cluster.replica(i))).toMatchObject(
      [1, 2, 3].map(() => ({ status: 'normal', view: 1, executed: 1 })),
    );
    expect(cluster.reported('view-change').filter(({ view }) => view > 1)).toEqual([]);
  });

  it('replaces a primary that has crashed, which follows when it is back', () => {
    const cluster = new TestCluster();
    cluster.submit({ put: ['x', '1'] });
    cluster.runUntil(() => cluster.answers().length === 1);
    cluster.crash(0);
    cluster.submit({ put: ['x', '2'] });

    expect(cluster.runUntil(() => cluster.answers().length === 2)).toBe(true);
    cluster.restart(0);
    cluster.run(1500);
    expect(all.map((i) => cluster.replica(i))).toMatchObject(
      all.map(() => ({ status: 'normal', view: 1, executed: 2 })),
    );
    expectAgreement(cluster);
  });

  it('[A-V10] goes on to the first primary that answers, each time more patiently', () => {
    const cluster = new TestCluster({ n: 7, f: 2 });
    for (const id of [0, 1]) cluster.behaviours.set(id, { behaviour: 'silent' });
    cluster.submit({ put: ['x', '1'] });

    expect(cluster.runUntil(() => cluster.answers().length === 1)).toBe(true);
    cluster.run(1000);
    expect(viewsOf(cluster, [2, 3, 4, 5, 6])).toEqual([2, 2, 2, 2, 2]);
    const started = cluster.reports.flatMap(({ process, report }) =>
      process === 3 && report.type === 'timing' && report.deed === 'started' ? [report.ms] : [],
    );
    expect(started).toEqual([1000, 2000]);
    expect([2, 3].map((i) => cluster.replica(i).executed)).toEqual([1, 1]);
  });

  it('[A-P7] replaces a primary that serves everybody but one client, however busy it is', () => {
    const cluster = new TestCluster({ clients: 2 });
    cluster.behaviours.set(0, { behaviour: 'censor', client: 0 });
    cluster.submit({ put: ['x', '1'] }, 'c0');
    for (let i = 0; i < 100; i++) cluster.submit({ add: ['n', 1] }, 'c1');

    expect(cluster.runUntil(() => cluster.answers('c0').length === 1, 20_000)).toBe(true);
    expect(cluster.answers('c1').length).toBeGreaterThan(5);
    expect(cluster.answers('c1').length).toBeLessThan(90);
  });

  it('keeps what was prepared and not committed', () => {
    const cluster = new TestCluster();
    cluster.isLost = (flight) => isType('commit', flight) && cluster.nowUs < 900_000;
    cluster.submit({ put: ['x', '1'] });
    cluster.run(400);
    const [prepared] = cluster.reported('prepared');
    cluster.crash(0);

    expect(cluster.runUntil(() => cluster.answers().length === 1)).toBe(true);
    const [entered] = cluster.reported('new-view');
    expect(entered).toMatchObject({
      view: 1,
      primary: 1,
      entries: [{ sequence: 1, digest: prepared?.digest, null: false }],
    });
    cluster.run(1000);
    expect([1, 2, 3].map((i) => cluster.replica(i).executed)).toEqual([1, 1, 1]);
    expectAgreement(cluster);
  });

  it('[A-V6] remembers what prepared in an older view than the one before', () => {
    const cluster = new TestCluster();
    // View 0: prepared everywhere, committed only at 3, whose answer and repair are kept back.
    cluster.isLost = (flight) => {
      const { body } = flight.packet.signed;
      if (flight.from === 3 || flight.to === 3) {
        return cluster.nowUs > 45_000 && cluster.nowUs < 6_000_000;
      }
      if (body.type === 'commit' && body.view === 0) return flight.to !== 3;
      // View 1: its order is told, and nobody else's PREPARE arrives.
      return body.type === 'prepare' && body.view === 1;
    };
    cluster.submit({ put: ['x', '1'] });
    cluster.run(200);
    const digest = cluster.reported('executed')[0]?.digest;
    expect(digest).toBeDefined();
    cluster.runUntil(() => cluster.reported('new-view').length > 0);
    expect(cluster.runUntil(() => cluster.answers().length === 1, 20_000)).toBe(true);
    const ordered = cluster.reported('new-view').filter(({ view }) => view > 0);
    expect(ordered.some(({ view }) => view >= 2)).toBe(true);
    for (const { entries } of ordered) expect(entries[0]?.digest).toBe(digest);
    cluster.run(2000);
    expectAgreement(cluster);
    expect(all.map((i) => cluster.replica(i).executed)).toEqual([1, 1, 1, 1]);
  });

  it('fills with null what nobody prepared, below what somebody did', () => {
    const cluster = new TestCluster({ clients: 2, batchMax: 1 });
    cluster.isLost = ({ packet: { signed } }) =>
      cluster.nowUs < 400_000 &&
      'sequence' in signed.body &&
      'view' in signed.body &&
      signed.body.sequence === 1;
    cluster.submit({ put: ['x', '1'] }, 'c0');
    cluster.submit({ put: ['y', '1'] }, 'c1');
    cluster.run(240);
    cluster.crash(0);

    const isDone = (): boolean =>
      cluster.answers('c0').length === 1 && cluster.answers('c1').length === 1;
    expect(cluster.runUntil(isDone)).toBe(true);
    expect(cluster.reported('new-view')[0]?.entries).toMatchObject([
      { sequence: 1, null: true },
      { sequence: 2, null: false },
    ]);
    expectAgreement(cluster);
  });

  it('[T3] is joined by who sees f + 1 ask for it, at the smallest view among them', () => {
    const cluster = new TestCluster();
    cluster.run(10);
    cluster.give(2, { type: 'expire' });
    cluster.give(3, { type: 'expire' });
    cluster.give(3, { type: 'expire' });
    cluster.run(50);

    expect(cluster.reported('view-change').filter(({ cause }) => cause === 'join')[0]?.view).toBe(
      1,
    );
    cluster.submit({ put: ['x', '1'] });
    expect(cluster.runUntil(() => cluster.answers().length === 1)).toBe(true);
    cluster.run(3000);
    // Replica 3 has promised more, and waits there for the others.
    expect(viewsOf(cluster)).toEqual([1, 1, 1, 2]);
    expect(cluster.replica(3).executed).toBe(1);
  });

  it('does not follow one replica alone, which goes on learning', () => {
    const cluster = new TestCluster();
    cluster.run(10);
    cluster.give(3, { type: 'expire' });
    cluster.submit({ put: ['x', '1'] });
    cluster.run(3000);

    expect(viewsOf(cluster)).toEqual([0, 0, 0, 1]);
    expect(cluster.replica(3)).toMatchObject({ status: 'changing-view', executed: 1 });
    expect(cluster.replica(3).waiting).toEqual([
      { text: 'needs 2 more VIEW-CHANGEs for view 1 from replica 0, 1 or 2' },
    ]);
  });

  it('[T4] ends although every VIEW-CHANGE is lost at first and no client asks', () => {
    const cluster = new TestCluster();
    cluster.run(10);
    cluster.isLost = (flight) => isType('view-change', flight) && cluster.nowUs < 1_000_000;
    for (const id of all) cluster.give(id, { type: 'expire' });
    cluster.run(2500);

    expect(all.map((i) => cluster.replica(i))).toMatchObject(
      all.map(() => ({ status: 'normal', view: 1 })),
    );
  });

  it('[A-V9] reaches who was not told of the NEW-VIEW', () => {
    const cluster = new TestCluster();
    cluster.run(10);
    cluster.isLost = (flight) => isType('new-view', flight) && flight.from === 1 && flight.to === 3;
    for (const id of all) cluster.give(id, { type: 'expire' });
    cluster.run(1500);

    expect(viewsOf(cluster)).toEqual([1, 1, 1, 1]);
    expect(cluster.replica(3).status).toBe('normal');
  });

  it('leaves an idle cluster in its new view for ever', () => {
    const cluster = new TestCluster();
    cluster.run(10);
    for (const id of all) cluster.give(id, { type: 'expire' });
    cluster.run(20_000);

    expect(viewsOf(cluster)).toEqual([1, 1, 1, 1]);
  });

  it('[A-V12] joins what is stable at some with what is not at others', () => {
    const cluster = new TestCluster({ checkpointInterval: 2, logSize: 4 });
    cluster.isLost = (flight) => isType('checkpoint', flight) && flight.to !== 2;
    for (let i = 0; i < 3; i++) cluster.submit({ put: ['x', `${i}`] });
    cluster.run(240);
    expect(all.map((i) => cluster.replica(i).lowWatermark)).toEqual([0, 0, 2, 0]);
    cluster.crash(0);
    cluster.submit({ put: ['x', 'last'] });

    expect(cluster.runUntil(() => cluster.answers().length === 4)).toBe(true);
    cluster.isLost = () => false;
    cluster.run(3000);
    expect([1, 2, 3].map((i) => cluster.replica(i).executed)).toEqual([4, 4, 4]);
    expect([1, 2, 3].map((i) => cluster.replica(i).lowWatermark)).toEqual([4, 4, 4]);
    expectAgreement(cluster);
  });

  it('fetches the batch of a place that the new primary has never seen', () => {
    const cluster = new TestCluster();
    cluster.isLost = (flight) =>
      cluster.nowUs < 600_000 &&
      ((isType('commit', flight) && true) ||
        (flight.to === 1 && !isType('view-change', flight) && !isType('status', flight)));
    cluster.submit({ put: ['x', '1'] });
    cluster.run(450);
    cluster.crash(0);
    for (const id of [1, 2, 3]) cluster.give(id, { type: 'expire' });

    expect(cluster.runUntil(() => cluster.answers().length === 1)).toBe(true);
    expect(cluster.sent.some((flight) => flight.from === 1 && isType('fetch', flight))).toBe(true);
    expectAgreement(cluster);
  });
});
