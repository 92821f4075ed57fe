import { describe, expect, it } from 'vitest';

import { clientId, replicaId, timestamp, view } from '#core/pbft/terms.ts';

import { ProcessMachine } from './process-machine.ts';
import type { ProcessInput, TurnReport } from './process.ts';
import { c, delivered, said } from './test-messages.ts';

const get = '{"get":"x"}';

/** A client with one operation, at 5 ms of virtual time. */
function asking(): { readonly machine: ProcessMachine; readonly first: TurnReport } {
  const machine = ProcessMachine.start('c0', c, { verify: true });
  machine.turn(0, { type: 'start' }, null);
  const first = machine.turn(5_500, { type: 'submit', operation: get }, null);
  return { machine, first };
}

function reply(i: number, result: string, { at = 5, inView = 0 } = {}): ProcessInput {
  return delivered(
    said(i, {
      type: 'reply',
      view: view(inView),
      timestamp: timestamp(at),
      client: clientId(0),
      replica: replicaId(i),
      result,
    }),
  );
}

describe('a client', () => {
  it('sends an operation to the primary under the timestamp of its clock', () => {
    const { first } = asking();

    expect(first).toMatchObject({
      reports: [
        { type: 'submitted', client: 0, index: 0, operation: get },
        { type: 'requested', client: 0, index: 0, timestamp: 5, operation: get },
      ],
      outgoing: [{ to: 0, packet: { signed: { body: { operation: get, timestamp: 5 } } } }],
      nextTimerUs: 1_005_500,
    });
  });

  it('sends to all when it has waited, and waits twice as long each time up to eight times', () => {
    const { machine, first } = asking();
    const due: number[] = [];
    let next = first.nextTimerUs;
    for (let i = 0; i < 6; i++) {
      if (next === null) throw new TypeError('a client that waits has a timer');
      due.push(next / 1000);
      const late = machine.turn(next, { type: 'timer' }, null);
      expect(late.outgoing.map(({ to }) => to)).toEqual([0, 1, 2, 3]);
      next = late.nextTimerUs;
    }

    const pauses = due.map((ms, i) => ms - (due[i - 1] ?? 5.5));
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it('[A-C6] accepts a result only from f + 1 replicas that agree, one vote each', () => {
    const { machine } = asking();
    machine.turn(6000, reply(3, 'lie'), null);
    machine.turn(6000, reply(3, 'lie'), null);
    machine.turn(6000, reply(1, 'truth'), null);
    expect(machine.inspect()).toMatchObject({
      history: [],
      waiting: [{ text: 'needs 2 replies with the same result, has 1' }],
    });

    const { reports } = machine.turn(7000, reply(2, 'truth'), null);
    expect(reports.at(-1)).toEqual({
      type: 'answered',
      client: 0,
      index: 0,
      timestamp: 5,
      result: 'truth',
      view: 0,
      signers: [1, 2],
    });
  });

  it('[A-C7] follows the view of f + 1 replicas, not the highest', () => {
    const { machine } = asking();
    machine.turn(6000, reply(3, 'ok', { inView: 1_000_000_001 }), null);
    machine.turn(6000, reply(1, 'ok', { inView: 1 }), null);

    expect(machine.inspect()).toMatchObject({ view: 1 });
    const next = machine.turn(7000, { type: 'submit', operation: get }, null);
    expect(next.outgoing.map(({ to }) => to)).toEqual([1]);
  });

  it('has one operation outstanding; later ones wait in order, each with a later timestamp', () => {
    const { machine } = asking();
    for (const operation of ['second', 'third']) {
      const { outgoing } = machine.turn(5_500, { type: 'submit', operation }, null);
      expect(outgoing).toEqual([]);
    }
    expect(machine.inspect()).toMatchObject({ queue: ['second', 'third'] });

    machine.turn(5_500, reply(1, 'ok'), null);
    const { outgoing } = machine.turn(5_500, reply(2, 'ok'), null);
    expect(outgoing).toMatchObject([
      { to: 0, packet: { signed: { body: { operation: 'second', timestamp: 6 } } } },
    ]);
  });

  it('goes on after a crash with a later timestamp and a full timer', () => {
    const machine = ProcessMachine.start('c0', c);
    const records: Uint8Array[] = [];
    for (const input of [{ type: 'start' }, { type: 'submit', operation: get }] as const) {
      machine.turn(5_500, input, null);
      records.push(machine.commit());
    }

    const restored = ProcessMachine.restore('c0', c, records, 1);
    const restart = restored.turn(9_000_000, { type: 'restart', incarnation: 1 }, null);
    expect(restart.nextTimerUs).toBe(10_000_000);
    expect(restart.reports).toEqual([
      { type: 'recovered', incarnation: 1 },
      { type: 'retransmitted', client: 0, timestamp: 5 },
    ]);
    expect(restart.outgoing.map(({ to }) => to)).toEqual([0, 1, 2, 3]);
    restored.turn(9_000_000, reply(1, 'ok'), null);
    restored.turn(9_000_000, reply(2, 'ok'), null);
    expect(restored.inspect()).toMatchObject({ history: [{ result: 'ok' }], incarnation: 1 });
  });
});
