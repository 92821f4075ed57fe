import type { Data, Message, StateItem } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { falsifying, inventedDigest, type Misdeed, type Villain } from './misdeed.ts';

/**
 * A-K4: gives wrong pieces to who fetches a state, a batch or a decision from it. `alternate` is honest in every
 * other turn.
 */
export function lieState(
  villain: Villain,
  how: string | undefined,
  outgoing: readonly Outgoing[],
): Misdeed {
  const isHonest = how === 'alternate' && villain.turn % 2 === 0;
  return falsifying(
    villain,
    { behaviour: 'lie-state', deed: 'gives something wrong with' },
    outgoing,
    (body) => (isHonest ? undefined : falsify(villain, how, body)),
  );
}

function falsify(villain: Villain, how: string | undefined, body: Message): Message | undefined {
  if (body.type !== 'data' || body.kind === 'echo') return undefined;
  const isMeta = body.kind === 'root' || body.kind === 'node';
  if (how === 'bad-meta' && !isMeta) return undefined;
  if (how === 'bad-chunk' && isMeta) return undefined;
  const isFree = how === undefined || how === 'alternate';
  if (how === 'truncated' || (isFree && villain.random.next() < 0.5)) return truncated(body);
  return isMeta ? withBadMeta(body) : withBadContent(body);
}

function truncated(body: Exclude<Data, { readonly kind: 'echo' }>): Data {
  switch (body.kind) {
    case 'root':
    case 'node':
      return { ...body, children: body.children.slice(0, -1) };
    case 'chunk':
      return { ...body, items: body.items.slice(0, -1) };
    case 'slot':
      return { ...body, commits: body.commits.slice(0, -1) };
    case 'body':
      return { ...body, batch: [] };
  }
}

/** The tree has other children, or a state of another size. */
function withBadMeta(body: Extract<Data, { readonly kind: 'root' | 'node' }>): Data {
  if (body.kind === 'root') {
    return { ...body, executed: body.executed + 1, chunks: body.chunks + 1 };
  }
  return { ...body, children: body.children.map(inventedDigest) };
}

/** The state, the batch or the decision is another one. */
function withBadContent(body: Extract<Data, { readonly kind: 'chunk' | 'slot' | 'body' }>): Data {
  if (body.kind === 'chunk') return { ...body, items: body.items.map(otherItem) };
  if (body.kind === 'body') return { ...body, batch: [...body.batch, ...body.batch] };
  const digest = inventedDigest(body.digest);
  const commits = body.commits.map((commit) => ({ ...commit, body: { ...commit.body, digest } }));
  return { ...body, digest, commits };
}

function otherItem(item: StateItem): StateItem {
  return item.length === 2 ? [item[0], `not ${item[1]}`] : [item[0], item[1], `not ${item[2]}`];
}
