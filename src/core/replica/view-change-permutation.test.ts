import { describe, expect, it } from 'vitest';

import { defined } from '#core/base/assert.ts';
import type { MessageType } from '#core/pbft/message.ts';

import { ProcessMachine } from './process-machine.ts';
import type { Outgoing, ProcessInput } from './process.ts';
import { signed } from './test-cluster.ts';
import { c, delivered, prePrepare, vote } from './test-messages.ts';

/** Slot 1 prepares at 1, 2 and 3 in view 0 and is decided nowhere; then these three leave for view 1. */
const leaving: readonly ProcessInput[] = [
  { type: 'start' },
  delivered(prePrepare()),
  ...[1, 2, 3].map((i) => delivered(vote('prepare', i))),
  { type: 'expire' },
];

/** A replica in its own machine, and everything that it has said. */
class Speaker {
  readonly machine: ProcessMachine;
  readonly said: Outgoing[] = [];
  readonly rejected: unknown[] = [];

  constructor(id: number) {
    this.machine = ProcessMachine.start(id, c, { verify: true });
  }

  hear(...inputs: readonly ProcessInput[]): void {
    for (const input of inputs) {
      const { outgoing, reports } = this.machine.turn(1000, input, null);
      this.said.push(...outgoing);
      this.rejected.push(...reports.filter(({ type }) => type === 'rejected'));
      this.machine.commit();
    }
  }

  /** What it told another about its last view, as that one gets it. */
  told(to: number, type: MessageType): ProcessInput {
    const last = this.said.findLast(
      (outgoing) => outgoing.to === to && outgoing.packet.signed.body.type === type,
    );
    return delivered(signed(defined(last, `${type} to ${to}`).packet, c));
  }
}

/** Everything that backup 2 hears of view 1, in which slot 1 is agreed on again. */
function messagesOfNextView(): readonly ProcessInput[] {
  const [one, two, three] = [new Speaker(1), new Speaker(2), new Speaker(3)];
  for (const speaker of [one, two, three]) speaker.hear(...leaving);
  one.hear(two.told(1, 'view-change'), three.told(1, 'view-change'));
  three.hear(one.told(3, 'new-view'));
  const again = { v: 1 };
  return [
    one.told(2, 'new-view'),
    three.told(2, 'prepare'),
    delivered(vote('prepare', 0, again)),
    ...[0, 1, 3].map((i) => delivered(vote('commit', i, again))),
  ];
}

describe('the messages of a new view in which one slot had prepared', () => {
  it('lead to the same state and the same votes in each of their 720 orders', () => {
    const outcomes = new Set<string>();
    let orders = 0;
    for (const order of permutations(messagesOfNextView())) {
      outcomes.add(JSON.stringify(outcomeOf(order)));
      orders += 1;
    }
    expect(orders).toBe(720);
    expect([...outcomes].map((outcome) => JSON.parse(outcome))).toEqual([
      {
        view: 1,
        status: 'normal',
        executed: 1,
        state: [['x', '1']],
        slots: [{ view: 1, state: 'executed', prepares: [0, 2, 3], commits: [0, 1, 2, 3] }],
        pending: [],
        rejected: [],
        sent: [0, 1, 3]
          .flatMap((to) => [`commit to ${to}`])
          .concat([0, 1, 3].map((to) => `prepare to ${to}`)),
      },
    ]);
  }, 120_000);
});

function outcomeOf(order: readonly ProcessInput[]) {
  const backup = new Speaker(2);
  backup.hear(...leaving);
  const before = { said: backup.said.length, rejected: backup.rejected.length };
  backup.hear(...order);
  const inspection = backup.machine.inspect();
  if (inspection.kind !== 'replica') throw new TypeError('2 is a replica');
  const { view, status, executed, state, pending } = inspection;
  const slots = inspection.slots.map(({ view, state, prepares, commits }) => ({
    view,
    state,
    prepares: prepares.map(({ signer }) => signer).sort((a, b) => a - b),
    commits: commits.map(({ signer }) => signer).sort((a, b) => a - b),
  }));
  const votes = backup.said
    .slice(before.said)
    .map(({ to, packet }) => `${packet.signed.body.type} to ${to}`)
    .filter((said) => said.startsWith('prepare') || said.startsWith('commit'));
  return {
    view,
    status,
    executed,
    state,
    slots,
    pending,
    rejected: backup.rejected.slice(before.rejected),
    sent: votes.sort(),
  };
}

function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield [];
  for (const [i, item] of items.entries()) {
    const others = items.filter((_, j) => j !== i);
    for (const rest of permutations(others)) yield [item, ...rest];
  }
}
