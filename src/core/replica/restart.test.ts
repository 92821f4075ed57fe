import { describe, expect, it } from 'vitest';

import { type Configuration, defaults } from '#core/pbft/configuration.ts';
import type { Packet } from '#core/pbft/message.ts';
import { replicaId } from '#core/pbft/terms.ts';

import { ProcessMachine } from './process-machine.ts';
import type { Outgoing, ProcessInput } from './process.ts';
import { TestCluster } from './test-cluster.ts';
import { delivered, prePrepare, requestOf, said, vote } from './test-messages.ts';

/** DATA of a replica that remembers nothing of who asks after its restart. */
function echo(from: number): Packet {
  return said(from, {
    type: 'data',
    kind: 'echo',
    incarnation: 1,
    messages: [],
    replica: replicaId(from),
  });
}

/**
 * A replica that has taken inputs, each committed, and was started again from its records; then two others have told
 * what they remember of it.
 */
function restarted(
  id: number,
  inputs: readonly ProcessInput[],
  ablation: Configuration['ablation'] = [],
) {
  const c = { ...defaults, ablation };
  const machine = ProcessMachine.start(id, c);
  const records: Uint8Array[] = [];
  for (const input of [{ type: 'start' } as const, ...inputs]) {
    machine.turn(1000, input, null);
    records.push(machine.commit());
  }
  const restored = ProcessMachine.restore(id, c, records, 1);
  const woken = restored.turn(700_000, { type: 'restart', incarnation: 1 }, null);
  const others = [0, 1, 2, 3].filter((i) => i !== id);
  const heard = others
    .slice(0, 2)
    .map((i) => restored.turn(700_000, delivered(echo(i)), null))
    .flatMap(({ outgoing }) => outgoing);
  return { machine, restored, records, c, woken, heard };
}

function typesOf(outgoing: readonly Outgoing[]): readonly string[] {
  return outgoing.map(({ to, packet }) => `${packet.signed.body.type} to ${to}`);
}

const toOthers = (type: string): readonly string[] => [0, 2, 3].map((i) => `${type} to ${i}`);

describe('a replica that starts again', () => {
  it('[V16] asks what others remember of it, and STATUS; then says again what it has said of undecided slots', () => {
    const run = restarted(1, [delivered(prePrepare()), delivered(vote('prepare', 2))]);

    expect(typesOf(run.woken.outgoing)).toEqual([...toOthers('fetch'), ...toOthers('status')]);
    expect(typesOf(run.heard)).toEqual([...toOthers('prepare'), ...toOthers('commit')]);
    expect(run.woken.reports).toEqual([{ type: 'recovered', incarnation: 1, lastExecuted: 0 }]);
  });

  it('re-arms its timer with full length', () => {
    expect(restarted(1, []).woken.nextTimerUs).toBe(950_000);
  });

  it('as primary says its PRE-PREPAREs again, with their batches, and goes on behind them', () => {
    const run = restarted(0, [delivered({ signed: requestOf(0, 1, { get: 'x' }) })]);

    expect(run.heard.slice(0, 3)).toMatchObject(
      [1, 2, 3].map((to) => ({ to, packet: { signed: { body: { sequence: 1 } }, batch: [{}] } })),
    );
    const next = run.restored.turn(
      800_000,
      delivered({ signed: requestOf(0, 2, { get: 'x' }) }),
      null,
    );
    expect(next.outgoing[0]?.packet.signed.body).toMatchObject({
      type: 'pre-prepare',
      sequence: 2,
    });
  });

  it('keeps its vote: it refuses another digest', () => {
    const { restored } = restarted(1, [delivered(prePrepare())]);

    const { reports } = restored.turn(800_000, delivered(prePrepare(1, [])), null);
    expect(reports[0]).toEqual({ type: 'rejected', reason: 'conflicting-pre-prepare' });
  });

  it('contradicts itself when its votes are forgotten: why they are stored', () => {
    const { restored } = restarted(1, [delivered(prePrepare())], ['forget-votes']);

    const { outgoing } = restored.turn(800_000, delivered(prePrepare(1, [])), null);
    expect(outgoing.map(({ packet }) => packet.signed.body.type)).toEqual(
      Array.from({ length: 3 }, () => 'prepare'),
    );
  });

  it('is the same from its records and from a snapshot', () => {
    const { machine, records, c } = restarted(1, [
      delivered(prePrepare()),
      delivered(vote('prepare', 2)),
    ]);
    const snapshot = machine.compact();

    const fromRecords = ProcessMachine.restore(1, c, records, 1);
    const fromSnapshot = ProcessMachine.restore(1, c, [snapshot], 1);
    expect(fromRecords.compact()).toEqual(snapshot);
    expect(fromSnapshot.compact()).toEqual(snapshot);
    expect(fromSnapshot.turnOfLastRecord).toBe(3);
  });

  it('refuses records that are damaged or missing', () => {
    const { records, c } = restarted(1, [delivered(prePrepare())]);
    const [first = new Uint8Array(), ...rest] = records;
    const damaged = first.map((byte, i) => (i === 40 ? byte ^ 1 : byte));

    expect(() => ProcessMachine.restore(1, c, [damaged, ...rest], 1)).toThrow('record');
    expect(() => ProcessMachine.restore(1, c, rest, 1)).toThrow('record');
  });

  it('[A-S8] goes on when all crash together', () => {
    const cluster = new TestCluster();
    cluster.submit({ put: ['x', '1'] });
    cluster.run(25);
    for (const id of [0, 1, 2, 3, 'c0'] as const) cluster.crash(id);
    cluster.flights = [];
    for (const id of [0, 1, 2, 3, 'c0'] as const) cluster.restart(id);

    expect(cluster.runUntil(() => cluster.answers().length === 1, 2000)).toBe(true);
    cluster.run(1000);
    expect([0, 1, 2, 3].map((id) => cluster.replica(id).executed)).toEqual([1, 1, 1, 1]);
  });
});

describe('a replica that has asked for another view', () => {
  const asked = [{ type: 'expire' } as const];

  it('starts again with the same VIEW-CHANGE, and votes no more in the view before', () => {
    const run = restarted(2, asked);

    expect(typesOf(run.heard)).toEqual([0, 1, 3].map((i) => `view-change to ${i}`));
    const { reports, outgoing } = run.restored.turn(800_000, delivered(prePrepare()), null);
    expect(reports).toEqual([{ type: 'rejected', reason: 'not-normal' }]);
    expect(outgoing).toEqual([]);
  });

  it('votes in the view that it has left when it forgets the view: why it is stored', () => {
    const { restored } = restarted(2, asked, ['forget-view']);

    const { outgoing } = restored.turn(800_000, delivered(prePrepare()), null);
    expect(outgoing.map(({ packet }) => packet.signed.body.type)).toContain('prepare');
  });
});
