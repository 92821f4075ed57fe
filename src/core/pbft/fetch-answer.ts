import type { Batch, EchoData, Fetch, OwnWord, Packet, Signed } from './message.ts';
import { own } from './signed.ts';
import type { StableCheckpoint } from './stable-checkpoint.ts';
import type { StateTree } from './state-tree.ts';
import { childrenAt, chunkAt, levelSizes } from './state-tree.ts';
import type { Answer } from './status-answer.ts';
import { answerOf, bodyData } from './status-answer.ts';
import type { Digest, ReplicaId, SequenceNumber } from './terms.ts';

/** What a replica can give to one that fetches. */
export interface Supplies {
  readonly id: ReplicaId;
  readonly body: (digest: Digest) => Batch | undefined;
  /** The tree of the state after `sequence`, if its checkpoint is kept here. */
  readonly tree: (sequence: SequenceNumber) => StateTree | undefined;
  readonly stable: StableCheckpoint | undefined;
  /** Everything held that this replica signed and must remember: of each type the last is told. */
  readonly wordsOf: (replica: ReplicaId) => Iterable<Signed<OwnWord>>;
}

/**
 * The answer to a FETCH (pbft.md 1.15, 1.16), as far as there is one. To who asks for a state that is gone, the
 * proof of the stable checkpoint: its next target.
 */
export function answersToFetch(fetch: Fetch, mine: Supplies): readonly Answer[] {
  switch (fetch.kind) {
    case 'body': {
      const batch = mine.body(fetch.digest);
      return batch ? [answerOf({ signed: bodyData(mine.id, fetch.digest, batch) })] : [];
    }
    case 'echo':
      return [answerOf({ signed: own(echoTo(fetch, mine), mine.id) })];
    case 'root':
    case 'node':
    case 'chunk': {
      const tree = mine.tree(fetch.sequence);
      if (tree?.root.digest !== fetch.digest) return newerStable(fetch, mine);
      const packet = pieceOf(tree, fetch, mine.id);
      return packet ? [answerOf(packet)] : [];
    }
  }
}

/** Of each type the last: by view, then by sequence number. */
export function lastWords(words: Iterable<Signed<OwnWord>>): readonly Signed<OwnWord>[] {
  const last = new Map<OwnWord['type'], Signed<OwnWord>>();
  for (const word of words) {
    const known = last.get(word.body.type);
    if (!known || isAfter(word.body, known.body)) last.set(word.body.type, word);
  }
  return [...last.values()];
}

function echoTo(
  { replica, incarnation }: Fetch & { readonly kind: 'echo' },
  mine: Supplies,
): EchoData {
  const messages = lastWords(mine.wordsOf(replica));
  return { type: 'data', kind: 'echo', incarnation, messages, replica: mine.id };
}

function pieceOf(
  tree: StateTree,
  fetch: Exclude<Fetch, { readonly kind: 'body' | 'echo' }>,
  replica: ReplicaId,
): Packet | undefined {
  const { sequence, digest } = fetch;
  if (fetch.kind === 'root') {
    return { signed: own({ type: 'data', kind: 'root', ...tree.root, replica } as const, replica) };
  }
  if (fetch.kind === 'node') {
    const { level, index } = fetch;
    const children = childrenAt(tree, fetch);
    if (level < 1 || level >= levelSizes(tree.root.chunks).length || children.length === 0) {
      return undefined;
    }
    const node = { sequence, digest, level, index, children };
    return { signed: own({ type: 'data', kind: 'node', ...node, replica } as const, replica) };
  }
  const items = chunkAt(tree, fetch);
  if (!items) return undefined;
  const chunk = { sequence, digest, index: fetch.index, items };
  return { signed: own({ type: 'data', kind: 'chunk', ...chunk, replica } as const, replica) };
}

function newerStable(
  { sequence }: { readonly sequence: SequenceNumber },
  { stable }: Supplies,
): readonly Answer[] {
  if (!stable || stable.sequence <= sequence) return [];
  return stable.checkpoints.map((signed) => answerOf({ signed }));
}

function isAfter(a: OwnWord, b: OwnWord): boolean {
  const [viewA, viewB] = [rankOf(a), rankOf(b)];
  return viewA.view - viewB.view > 0 || (viewA.view === viewB.view && viewA.place > viewB.place);
}

function rankOf(word: OwnWord): { readonly view: number; readonly place: number } {
  switch (word.type) {
    case 'view-change':
      return { view: word.nextView, place: 0 };
    case 'checkpoint':
      return { view: 0, place: word.sequence };
    case 'pre-prepare':
    case 'prepare':
    case 'commit':
      return { view: word.view, place: word.sequence };
  }
}
