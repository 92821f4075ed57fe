import { nullDigest } from '#core/pbft/digest.ts';
import type { Message, NewView } from '#core/pbft/message.ts';
import { sequenceNumber, view } from '#core/pbft/terms.ts';
import type { Behaviour, Outgoing } from '#core/replica/process.ts';

import { mutations } from './behaviour-entry.ts';
import { falsifying, inventedDigest, type Misdeed, type Villain } from './misdeed.ts';

/** Small steps off (ByzzFuzz): one field of what it says, properly signed, towards `targets` or everybody. */
export function mutate(
  villain: Villain,
  how: string | undefined,
  targets: Behaviour['targets'],
  outgoing: readonly Outgoing[],
): Misdeed {
  const mutation = how ?? villain.random.pick(mutations);
  return falsifying(
    villain,
    {
      behaviour: 'mutate',
      deed: `changes (${mutation})`,
      isTold: ({ to }) => targets === undefined || targets.includes(to),
    },
    outgoing,
    (body) => mutated(villain, mutation, body),
  );
}

function mutated(villain: Villain, mutation: string, body: Message): Message | undefined {
  const { configuration: c } = villain;
  switch (mutation) {
    case 'view-up':
      return ofView(body, 1);
    case 'view-down':
      return ofView(body, -1);
    case 'place-up':
      return atPlace(body, 1);
    case 'place-down':
      return atPlace(body, -1);
    case 'other-digest':
      return 'digest' in body && body.type !== 'data' && body.type !== 'fetch'
        ? { ...body, digest: inventedDigest(body.digest) }
        : undefined;
    case 'null-digest':
      return body.type === 'pre-prepare' || body.type === 'prepare' || body.type === 'commit'
        ? { ...body, digest: nullDigest(c) }
        : undefined;
    case 'first-away':
      return withLists(body, (list) => list.slice(1));
    case 'last-away':
      return withLists(body, (list) => list.slice(0, -1));
    default:
      return withLists(body, (list) => [...list, ...list.slice(-1)]);
  }
}

function ofView(body: Message, step: 1 | -1): Message | undefined {
  if (body.type === 'view-change') return { ...body, nextView: view(up(body.nextView, step)) };
  return 'view' in body ? { ...body, view: view(up(body.view, step)) } : undefined;
}

function atPlace(body: Message, step: 1 | -1): Message | undefined {
  const { type } = body;
  if (type === 'pre-prepare' || type === 'prepare' || type === 'commit' || type === 'checkpoint') {
    return { ...body, sequence: sequenceNumber(up(body.sequence, step)) };
  }
  if (type === 'view-change') return { ...body, stable: sequenceNumber(up(body.stable, step)) };
  if (type !== 'status') return undefined;
  return { ...body, lastExecuted: sequenceNumber(up(body.lastExecuted, step)) };
}

/** What a message of a view change contains, one list of it changed. */
function withLists(
  body: Message,
  change: <T>(list: readonly T[]) => readonly T[],
): Message | undefined {
  if (body.type === 'view-change') return { ...body, prepared: change(body.prepared) };
  if (body.type !== 'new-view') return undefined;
  const order: NewView['prePrepares'] = body.prePrepares;
  return order.length > 0
    ? { ...body, prePrepares: change(order) }
    : { ...body, viewChanges: change(body.viewChanges) };
}

/** No number of the protocol is negative. */
function up(value: number, step: 1 | -1): number {
  return Math.max(0, value + step);
}
