import type { Cbor } from '#core/base/cbor.ts';
import { bytesOfHex } from '#core/base/hex.ts';
import { utf8 } from '#core/base/utf8.ts';

import type { Configuration } from './configuration.ts';
import { isAblated } from './configuration.ts';
import { digestIn } from './digest.ts';
import type { ChunkData, NodeData, RootData, StateItem } from './message.ts';
import { bounds } from './reading.ts';
import type { Digest, SequenceNumber } from './terms.ts';

// The state that a checkpoint names, as a Merkle tree (pbft.md 1.15). Its items, in order, are cut into
// chunks; each node has the digests of up to 64 chunks or nodes below it; the root, which is the digest of the
// checkpoint, covers the sizes too. So whoever knows that digest can check each piece by itself and
// knows from the root alone how many pieces there are.

/** What is the same at every correct replica that has executed as far. */
export interface StateContent {
  /** The sequence number after whose execution the state is. */
  readonly sequence: SequenceNumber;
  /** Client operations reflected in it. */
  readonly executed: number;
  /** The entries of the service's state, rising by key, then the client table, rising by client. */
  readonly items: readonly StateItem[];
}

/** One piece of a state. */
export type Chunk = readonly StateItem[];

/** The sizes that the root of a tree covers. */
export type TreeRoot = Pick<RootData, 'sequence' | 'digest' | 'executed' | 'chunks' | 'children'>;

/** A state with every digest that others may ask for. */
export interface StateTree {
  readonly root: TreeRoot;
  readonly chunks: readonly Chunk[];
  /** Below the root, level by level: the digests of nodes, last those of the chunks. */
  readonly levels: readonly (readonly Digest[])[];
}

/**
 * A chunk is cut before it has more letters. One item in 32 ends its chunk by its key alone, so that a change in
 * one place leaves the other chunks as they are.
 */
const chunkLetters = 1 << 14;

const trees = new WeakMap<Configuration, WeakMap<StateContent, StateTree>>();

/** The tree of a state: computed once, for a content does not change. */
export function stateTree(c: Configuration, content: StateContent): StateTree {
  const known = trees.get(c) ?? new WeakMap<StateContent, StateTree>();
  trees.set(c, known);
  const tree = known.get(content) ?? treeOf(c, content);
  known.set(content, tree);
  return tree;
}

function treeOf(c: Configuration, content: StateContent): StateTree {
  const kept = isAblated(c, 'no-checkpoint-table')
    ? content.items.filter((item) => item.length === 2)
    : content.items;
  const chunks = chunksOf(kept);
  const levels = levelsOf(
    c,
    chunks.map((chunk) => digestOfChunk(c, chunk)),
  );
  const { sequence, executed } = content;
  const children = levels[0] ?? [];
  const root = { sequence, executed, chunks: chunks.length, children };
  return { root: { ...root, digest: digestOfRoot(c, root) }, chunks, levels };
}

/** The digest of a chunk: a leaf of the tree. */
export function digestOfChunk(c: Configuration, chunk: Chunk): Digest {
  return digestIn(c, 'digest-of-chunk', chunk);
}

/** The digest of a node between root and chunks. */
export function digestOfNode(c: Configuration, children: readonly Digest[]): Digest {
  return digestIn(c, 'digest-of-node', wireOfDigests(children));
}

/** The digest of a root, which is the digest of the checkpoint. */
export function digestOfRoot(c: Configuration, root: Omit<TreeRoot, 'digest'>): Digest {
  const { sequence, executed, chunks, children } = root;
  return digestIn(c, 'digest-of-state', sequence, executed, chunks, wireOfDigests(children));
}

/** How many digests each level below the root has, down to the chunks: it follows from their number. */
export function levelSizes(chunks: number): readonly number[] {
  const sizes = [chunks];
  for (let size = chunks; size > bounds.branching;) {
    size = Math.ceil(size / bounds.branching);
    sizes.unshift(size);
  }
  return sizes;
}

/** The children of the node at `index` of `level`, 1 being the one below the root. */
export function childrenAt(
  tree: StateTree,
  { level, index }: Pick<NodeData, 'level' | 'index'>,
): readonly Digest[] {
  const below = tree.levels[level] ?? [];
  return below.slice(index * bounds.branching, (index + 1) * bounds.branching);
}

/** The chunk at an index, as it is sent. */
export function chunkAt(tree: StateTree, { index }: Pick<ChunkData, 'index'>): Chunk | undefined {
  return tree.chunks[index];
}

function levelsOf(c: Configuration, leaves: readonly Digest[]): readonly (readonly Digest[])[] {
  const levels = [leaves];
  for (let below = leaves; below.length > bounds.branching;) {
    const from = below;
    const count = Math.ceil(from.length / bounds.branching);
    below = Array.from({ length: count }, (_, i) =>
      digestOfNode(c, from.slice(i * bounds.branching, (i + 1) * bounds.branching)),
    );
    levels.unshift(below);
  }
  return levels;
}

function chunksOf(items: readonly StateItem[]): readonly Chunk[] {
  const chunks: StateItem[][] = [];
  let open: StateItem[] = [];
  let letters = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (open.length > 0 && (letters + size > chunkLetters || open.length === bounds.chunkItems)) {
      chunks.push(open);
      open = [];
      letters = 0;
    }
    open.push(item);
    letters += size;
    if (!endsChunk(item)) continue;
    chunks.push(open);
    open = [];
    letters = 0;
  }
  if (open.length > 0) chunks.push(open);
  return chunks;
}

/** By its key alone, so the same in every state that has it: five bits of FNV-1a, mixed further. */
function endsChunk(item: StateItem): boolean {
  let sum = 0x811c9dc5;
  for (const byte of utf8(String(item[0]))) sum = Math.imul(sum ^ byte, 0x01000193);
  const mixed = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 27 === 0;
}

function sizeOf(item: StateItem): number {
  return item.length === 2 ? item[0].length + item[1].length : item[2].length;
}

function wireOfDigests(digests: readonly Digest[]): Cbor {
  return digests.map(bytesOfHex);
}
