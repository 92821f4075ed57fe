import { describe, expect, it } from 'vitest';

import { encodePacket } from '#core/pbft/codec.ts';
import { defaults } from '#core/pbft/configuration.ts';
import { digestOfBatch } from '#core/pbft/digest.ts';
import type { Message, Packet, ProcessId } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import { clientId, replicaId, sequenceNumber, timestamp, view } from '#core/pbft/terms.ts';

import { ProcessMachine } from './process-machine.ts';
import { arrivalOf, signed } from './test-cluster.ts';

const c = defaults;
const request = signed(
  {
    signed: own(
      {
        type: 'request',
        operation: '{"put":["x","1"]}',
        timestamp: timestamp(1),
        client: clientId(0),
      },
      'c0',
    ),
  },
  c,
).signed;
const batch = request.body.type === 'request' ? [{ ...request, body: request.body }] : [];
const place = { view: view(0), sequence: sequenceNumber(1), digest: digestOfBatch(c, batch) };

/** Everything that backup 1 hears about one slot. */
const messages: readonly { readonly from: ProcessId; readonly packet: Packet }[] = [
  { from: 0, packet: { signed: own({ type: 'pre-prepare', ...place }, 0), batch } },
  ...[2, 3].map((i) => said(i, { type: 'prepare', ...place, replica: replicaId(i) })),
  ...[0, 2, 3].map((i) => said(i, { type: 'commit', ...place, replica: replicaId(i) })),
];

describe('the messages of one slot', () => {
  it('lead to the same state and the same votes in each of their 720 orders', () => {
    const outcomes = new Set<string>();
    let orders = 0;
    for (const order of permutations(messages)) {
      outcomes.add(JSON.stringify(outcomeOf(order)));
      orders += 1;
    }
    expect(orders).toBe(720);
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

function outcomeOf(order: typeof messages): unknown {
  const machine = ProcessMachine.start(1, c, { verify: true });
  const inputs = order.map(({ from, packet }) => ({
    type: 'deliver' as const,
    from,
    arrival: arrivalOf(encodePacket(signed(packet, c), c), c),
  }));
  const turns = [{ type: 'start' } as const, ...inputs].map((input) => {
    const report = machine.turn(1000, input, null);
    machine.commit();
    return report;
  });
  const inspection = machine.inspect();
  if (inspection.kind !== 'replica') throw new TypeError('1 is a replica');
  const { executed, state, waiting, pending } = inspection;
  const slots = inspection.slots.map(({ state, prepares, commits }) => ({
    state,
    prepares: prepares.map(({ signer }) => signer).sort(),
    commits: commits.map(({ signer }) => signer).sort(),
  }));
  const sent = turns
    .flatMap(({ outgoing }) => outgoing)
    .map(({ to, packet }) => `${packet.signed.body.type} to ${to}`)
    .sort();
  const rejected = turns.flatMap(({ reports }) =>
    reports.filter(({ type }) => type === 'rejected'),
  );
  return { executed, state, slots, waiting, pending, sent, rejected };
}

function said(i: number, body: Message): (typeof messages)[number] {
  return { from: i, packet: { signed: own(body, i) } };
}

function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield [];
  for (const [i, item] of items.entries()) {
    const others = items.filter((_, j) => j !== i);
    for (const rest of permutations(others)) yield [item, ...rest];
  }
}
