import { describe, expect, it } from 'vitest';

import { ProcessMachine } from './process-machine.ts';
import type { ProcessInput } from './process.ts';
import { c, delivered, prePrepare, vote } from './test-messages.ts';

/** Everything that backup 1 hears about one slot. */
const messages = [
  prePrepare(),
  ...[2, 3].map((i) => vote('prepare', i)),
  ...[0, 2, 3].map((i) => vote('commit', i)),
].map((packet) => delivered(packet));

describe('the messages of one slot', () => {
  it('[A-B5] lead to the same state and the same votes in each of their 720 orders', () => {
    const outcomes = new Set<string>();
    let orders = 0;
    let fetching = 0;
    for (const order of permutations(messages)) {
      const { fetched, ...outcome } = outcomeOf(order);
      outcomes.add(JSON.stringify(outcome));
      if (fetched.length > 0) fetching += 1;
      orders += 1;
    }
    expect(orders).toBe(720);
    // Where all three COMMITs come before the PRE-PREPARE the batch of what they decide is missing.
    expect(fetching).toBe(180);
    expect([...outcomes].map((outcome) => JSON.parse(outcome))).toEqual([
      {
        executed: 1,
        state: [['x', '1']],
        slots: [{ state: 'executed', prepares: [1, 2, 3], commits: [0, 1, 2, 3] }],
        waiting: [],
        pending: [],
        sent: ['commit to 0', 'commit to 2', 'commit to 3'].concat(
          ['prepare to 0', 'prepare to 2', 'prepare to 3'],
          'reply to c0',
        ),
        rejected: [],
      },
    ]);
  }, 60_000);
});

function outcomeOf(order: readonly ProcessInput[]) {
  const machine = ProcessMachine.start(1, c, { verify: true });
  const turns = [{ type: 'start' } as const, ...order].map((input) => {
    const report = machine.turn(1000, input, null);
    machine.commit();
    return report;
  });
  const inspection = machine.inspect();
  if (inspection.kind !== 'replica') throw new TypeError('1 is a replica');
  const { executed, state, waiting, pending } = inspection;
  const slots = inspection.slots.map(({ state, prepares, commits }) => ({
    state,
    prepares: prepares.map(({ signer }) => signer).sort((a, b) => a - b),
    commits: commits.map(({ signer }) => signer).sort((a, b) => a - b),
  }));
  const sent = turns
    .flatMap(({ outgoing }) => outgoing)
    .map(({ to, packet }) => `${packet.signed.body.type} to ${to}`)
    .sort();
  const rejected = turns.flatMap(({ reports }) =>
    reports.filter(({ type }) => type === 'rejected'),
  );
  const fetched = sent.filter((message) => message.startsWith('fetch'));
  const rest = sent.filter((message) => !message.startsWith('fetch'));
  return { executed, state, slots, waiting, pending, sent: rest, rejected, fetched };
}

function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield [];
  for (const [i, item] of items.entries()) {
    const others = items.filter((_, j) => j !== i);
    for (const rest of permutations(others)) yield [item, ...rest];
  }
}
