import { describe, expect, it } from 'vitest';

import { defined } from '#core/base/assert.ts';

import { ProcessMachine } from './process-machine.ts';
import { TestCluster } from './test-cluster.ts';

/** A cluster that has executed so many operations, each on a key of its own. */
function after(operations: number): TestCluster {
  const cluster = new TestCluster({ checkpointInterval: 4, logSize: 8 });
  for (let i = 0; i < operations; i++) submit(cluster);
  cluster.runUntil(() => cluster.answers().length === operations);
  cluster.run(300);
  return cluster;
}

let submitted = 0;

function submit(cluster: TestCluster): void {
  cluster.submit({ put: [`key ${submitted++}`, 'sound'] });
}

/** A replica comes back from a disk that gives another state than was written to it. */
function rot(cluster: TestCluster, id: number): void {
  cluster.crash(id);
  const records = defined(cluster.records.get(id), 'a replica has records');
  cluster.machines.set(
    id,
    ProcessMachine.restore(id, cluster.configuration, records, 1, { verify: true }),
  );
  cluster.give(id, { type: 'restart', incarnation: 1, rotten: true });
}

function digests(cluster: TestCluster): ReadonlySet<string> {
  return new Set([0, 1, 2, 3].map((id) => cluster.replica(id).stateDigest));
}

/** Results that replica 3 has told clients. */
function toldBy3(cluster: TestCluster, from: number): readonly string[] {
  return cluster.sent
    .slice(from)
    .filter((flight) => flight.from === 3)
    .flatMap(({ packet: { signed } }) =>
      signed.body.type === 'reply' ? [signed.body.result] : [],
    );
}

describe('[A-K6] a state that is not what Q others have', () => {
  it('[N22] [S4] is quarantined at the next checkpoint, and replaced', () => {
    const cluster = after(6);
    rot(cluster, 3);
    cluster.run(300);
    expect(digests(cluster).size).toBe(2);
    for (let i = 0; i < 3; i++) submit(cluster);
    cluster.runUntil(() => cluster.answers().length === 9);
    cluster.run(2000);

    expect(cluster.reported('quarantined')).toMatchObject([{ sequence: 8 }]);
    expect(cluster.reported('state-transfer')).toMatchObject([
      { deed: 'started', sequence: 8 },
      { deed: 'installed', sequence: 8 },
    ]);
    expect(digests(cluster).size).toBe(1);
    expect(cluster.replica(3)).toMatchObject({ status: 'normal', executed: 9, lowWatermark: 8 });
    expect(cluster.replica(3).quarantined).toBeUndefined();
  });

  it('is replaced although it has executed further, and what is above is executed again', () => {
    const cluster = after(6);
    rot(cluster, 3);
    cluster.isLost = ({ to, packet }) => to === 3 && packet.signed.body.type === 'checkpoint';
    for (let i = 0; i < 5; i++) submit(cluster);
    cluster.runUntil(() => cluster.answers().length === 11);
    cluster.isLost = () => false;
    expect(cluster.replica(3)).toMatchObject({ lastExecuted: 11, lowWatermark: 4 });
    cluster.run(2000);

    expect(digests(cluster).size).toBe(1);
    expect(cluster.replica(3)).toMatchObject({ executed: 11, lastExecuted: 11, lowWatermark: 8 });
  });

  it('answers nobody and executes nothing until then; it votes', () => {
    const cluster = after(6);
    rot(cluster, 3);
    cluster.isLost = ({ to, packet }) => to === 3 && packet.signed.body.type === 'data';
    for (let i = 0; i < 2; i++) submit(cluster);
    cluster.runUntil(() => cluster.reported('quarantined').length > 0);
    const from = cluster.sent.length;
    cluster.crash(1);
    cluster.crash(0);
    cluster.restart(0);
    cluster.isLost = ({ to, packet }) =>
      to === 3 && packet.signed.body.type === 'data' && packet.signed.body.kind !== 'echo';
    cluster.submit({ get: 'key 0' });
    cluster.runUntil(() => cluster.answers().length === 9, 5000);

    expect(cluster.answers().length).toBe(9);
    expect(cluster.replica(3)).toMatchObject({ quarantined: true, lastExecuted: 8 });
    expect(toldBy3(cluster, from)).toEqual([]);
  });

  it('[S4] is noticed at the restart if it is that of the stable checkpoint', () => {
    const cluster = after(8);
    rot(cluster, 3);

    expect(cluster.reported('quarantined')).toMatchObject([{ sequence: 8 }]);
    cluster.run(2000);
    expect(digests(cluster).size).toBe(1);
    expect(cluster.replica(3)).toMatchObject({ executed: 8, lowWatermark: 8 });
    submit(cluster);
    expect(cluster.runUntil(() => cluster.answers().length === 9)).toBe(true);
  });

  it('says one CHECKPOINT for a place, whatever it has fetched since', () => {
    const cluster = after(6);
    rot(cluster, 3);
    for (let i = 0; i < 12; i++) submit(cluster);
    cluster.runUntil(() => cluster.answers().length === 18);
    cluster.run(2000);

    expect(digests(cluster).size).toBe(1);
    const words = cluster.sent
      .map(({ packet }) => packet.signed)
      .flatMap(({ body, signer }) => (signer === 3 && body.type === 'checkpoint' ? [body] : []));
    const places = new Map(words.map(({ sequence, digest }) => [sequence, digest]));
    for (const { sequence, digest } of words) expect(digest).toBe(places.get(sequence));
    expect(cluster.reported('evidence')).toEqual([]);
  });
});
