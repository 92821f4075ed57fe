import { describe, expect, it } from 'vitest';

import { assert, defined } from '#core/base/assert.ts';

import { answersToFetch } from './fetch-answer.ts';
import type { Message, RootData, Signed, StateItem, StatePlace } from './message.ts';
import type { Rejection } from './rejection.ts';
import { digestOf, sample, signedBy, standingOf } from './sample-messages.ts';
import { isDataOf } from './signed.ts';
import type { FetchedState } from './state-fetch.ts';
import {
  digestOfChunkAt,
  fetchedContent,
  nodeKey,
  piecesToFetch,
  rejectionOfChunk,
  rejectionOfNode,
  rejectionOfRoot,
} from './state-fetch.ts';
import type { Chunk, StateTree } from './state-tree.ts';
import { digestOfRoot, stateTree } from './state-tree.ts';
import type { Digest } from './terms.ts';
import { replicaId, sequenceNumber } from './terms.ts';

const standing = standingOf(1);
const by = { type: 'data', replica: replicaId(2) } as const;
const items = Array.from({ length: 3000 }, (_, i): StateItem => [`key ${i}`, `${i}`]);
const content = { sequence: sequenceNumber(8), executed: 3000, items };
const tree = stateTree(sample, content);
const { sequence, digest } = tree.root;
const target = { sequence, digest, checkpoints: [], stable: true };

function rootOf(of: StateTree): Signed<RootData> {
  return signedBy(2, { ...by, kind: 'root', ...of.root });
}

function empty(): FetchedState & {
  readonly nodes: Map<string, readonly Digest[]>;
  readonly chunks: Map<number, Chunk>;
} {
  return { root: tree.root, nodes: new Map(), chunks: new Map() };
}

/** Keeps a piece as a replica does: only if no rule refuses it. */
function store(fetched: ReturnType<typeof empty>, signed: Signed<Message>): void {
  if (isDataOf(signed, 'node')) {
    assert(!rejectionOfNode(standing, signed, [true], fetched), 'an honest node is accepted');
    fetched.nodes.set(nodeKey(signed.body), signed.body.children);
  }
  if (isDataOf(signed, 'chunk')) {
    assert(!rejectionOfChunk(standing, signed, [true], fetched), 'an honest chunk is accepted');
    fetched.chunks.set(signed.body.index, signed.body.items);
  }
}

describe('the root of a fetched state', () => {
  it('[S2] has the digest of the target', () => {
    expect(rejectionOfRoot(standing, rootOf(tree), [true], target)).toBeUndefined();
  });

  const fewer = { ...tree.root, chunks: 3 };

  it.each<{ why: string; reason: Rejection; root: object }>([
    { why: 'claims fewer chunks', reason: 'wrong-state', root: { chunks: 3 } },
    { why: 'claims another count', reason: 'wrong-state', root: { executed: 1 } },
    { why: 'has other children', reason: 'wrong-state', root: { children: [digestOf('1')] } },
    { why: 'is of another place', reason: 'unwanted', root: { sequence: sequenceNumber(16) } },
    { why: 'is of another state', reason: 'unwanted', root: { digest: digestOf('1') } },
    { why: 'is said in another name', reason: 'wrong-signer', root: { replica: replicaId(3) } },
  ])('[S2] is refused as $reason when it $why', ({ reason, root }) => {
    const { body } = rootOf(tree);
    const data = signedBy(2, { ...body, ...root });
    expect(rejectionOfRoot(standing, data, [true], target)).toBe(reason);
  });

  it('[S2] is refused when its number of children does not follow from its chunks', () => {
    const root = { ...fewer, digest: digestOfRoot(sample, fewer) };
    const data = signedBy(2, { ...by, kind: 'root', ...root } as const);
    const other = { ...target, digest: root.digest };
    expect(rejectionOfRoot(standing, data, [true], other)).toBe('wrong-state');
  });

  it('[S2] is refused when it is not wanted, not signed, or my own', () => {
    expect(rejectionOfRoot(standing, rootOf(tree), [true], undefined)).toBe('unwanted');
    expect(rejectionOfRoot(standing, rootOf(tree), [false], target)).toBe('bad-signature');
    expect(rejectionOfRoot(standingOf(2), rootOf(tree), [true], target)).toBe('own-message');
  });
});

describe('a node of a fetched state', () => {
  const children = tree.levels[1]?.slice(64, 128) ?? [];
  const node = { ...by, kind: 'node', sequence, digest, level: 1, index: 1, children } as const;

  it('[S2] has the digest that its parent names', () => {
    expect(rejectionOfNode(standing, signedBy(2, node), [true], empty())).toBeUndefined();
  });

  it.each<{ why: string; reason: Rejection; otherwise: object }>([
    { why: 'has other children', reason: 'wrong-state', otherwise: { children: [digestOf('1')] } },
    { why: 'stands elsewhere', reason: 'wrong-state', otherwise: { index: 0 } },
    { why: 'stands outside', reason: 'unwanted', otherwise: { index: 60 } },
    { why: 'has a chunk’s level', reason: 'wrong-state', otherwise: { level: 2, index: 0 } },
    { why: 'is of level 0', reason: 'unwanted', otherwise: { level: 0, index: 0 } },
    { why: 'is below all chunks', reason: 'unwanted', otherwise: { level: 3, index: 0 } },
    { why: 'is of another state', reason: 'unwanted', otherwise: { digest: digestOf('1') } },
  ])('[S2] is refused as $reason when it $why', ({ reason, otherwise }) => {
    const fetched = empty();
    fetched.nodes.set(nodeKey({ level: 1, index: 0 }), tree.levels[1]?.slice(0, 64) ?? []);
    const unknown = 'index' in otherwise && otherwise.index === 0 && !('level' in otherwise);
    const from = unknown ? empty() : fetched;
    const data = signedBy(2, { ...node, ...otherwise });
    expect(rejectionOfNode(standing, data, [true], from)).toBe(reason);
  });

  it('[S2] is refused when it is here, or nothing is wanted', () => {
    const fetched = empty();
    fetched.nodes.set(nodeKey(node), children);
    expect(rejectionOfNode(standing, signedBy(2, node), [true], fetched)).toBe('unwanted');
    expect(rejectionOfNode(standing, signedBy(2, node), [true], undefined)).toBe('unwanted');
  });
});

describe('a chunk of a fetched state', () => {
  const fetched = empty();
  fetched.nodes.set(nodeKey({ level: 1, index: 0 }), tree.levels[1]?.slice(0, 64) ?? []);
  const chunk = {
    ...by,
    kind: 'chunk',
    sequence,
    digest,
    index: 3,
    items: defined(tree.chunks[3], 'the sample has four chunks'),
  } as const;

  it('[S2] has the digest that the tree names', () => {
    expect(rejectionOfChunk(standing, signedBy(2, chunk), [true], fetched)).toBeUndefined();
    expect(digestOfChunkAt(fetched, 3)).toBe(tree.levels[1]?.[3]);
  });

  it.each<{ why: string; reason: Rejection; otherwise: object }>([
    { why: 'is cut short', reason: 'wrong-state', otherwise: { items: chunk.items.slice(1) } },
    { why: 'is empty', reason: 'wrong-state', otherwise: { items: [] } },
    { why: 'stands elsewhere', reason: 'wrong-state', otherwise: { index: 4 } },
    { why: 'is below an unknown node', reason: 'unwanted', otherwise: { index: 64 } },
    { why: 'stands outside', reason: 'unwanted', otherwise: { index: 10 ** 9 } },
    {
      why: 'is of an older state',
      reason: 'unwanted',
      otherwise: { sequence: sequenceNumber(0) },
    },
  ])('[S2] is refused as $reason when it $why', ({ reason, otherwise }) => {
    const data = signedBy(2, { ...chunk, ...otherwise });
    expect(rejectionOfChunk(standing, data, [true], fetched)).toBe(reason);
  });
});

describe('fetching a state', () => {
  const supplies = {
    id: replicaId(2),
    body: () => undefined,
    tree: () => tree,
    stable: undefined,
    wordsOf: () => [],
  };
  const ask = (place: StatePlace): ReturnType<typeof answersToFetch> =>
    answersToFetch({ type: 'fetch', ...place, replica: replicaId(1) }, supplies);

  it('[S2] [S5] piece by piece gives the whole', () => {
    const fetched = empty();
    let rounds = 0;
    for (;;) {
      const places = piecesToFetch(fetched, 16);
      if (places.length === 0) break;
      expect(places.length).toBeLessThanOrEqual(16);
      expect(fetchedContent(sample, fetched)).toBeUndefined();
      rounds++;
      for (const { packet } of places.flatMap(ask)) {
        const { signed } = packet;
        store(fetched, signed);
      }
    }
    expect(rounds).toBeGreaterThan(3);
    expect(fetchedContent(sample, fetched)).toEqual(content);
  });

  it('[S4] is not finished with chunks that are cut otherwise than a correct replica cuts them', () => {
    const [first, second] = [items.slice(0, 1), items.slice(1, 2)];
    const pair = { sequence, executed: 2, chunks: 2, children: [digestOf('1'), digestOf('2')] };
    const root = { ...pair, digest: digestOfRoot(sample, pair) };
    const chunks = new Map([
      [0, first],
      [1, second],
    ]);
    expect(fetchedContent(sample, { root, nodes: new Map(), chunks })).toBeUndefined();
  });

  it('[S2] of nothing needs no chunk', () => {
    const nothing = stateTree(sample, { ...content, items: [] });
    const fetched = { ...empty(), root: nothing.root };
    expect(piecesToFetch(fetched, 16)).toEqual([]);
    expect(fetchedContent(sample, fetched)).toEqual({ ...content, items: [] });
  });
});
