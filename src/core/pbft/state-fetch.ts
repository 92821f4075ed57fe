import type { Configuration } from './configuration.ts';
import type { ChunkData, NodeData, RootData, Signed, StatePlace } from './message.ts';
import { bounds } from './reading.ts';
import type { Rejection } from './rejection.ts';
import type { Standing } from './standing.ts';
import { rejectionOfSignatures, rejectionOfSigner } from './standing.ts';
import type { TransferTarget } from './state-transfer.ts';
import type { Chunk, StateContent, TreeRoot } from './state-tree.ts';
import { digestOfChunk, digestOfNode, digestOfRoot, levelSizes, stateTree } from './state-tree.ts';
import type { Digest } from './terms.ts';

/** What a fetching replica has of a state: everything in it has been checked against the target's digest. */
export interface FetchedState {
  readonly root: TreeRoot;
  /** The children of nodes, by `nodeKey`. */
  readonly nodes: Lookup<string, readonly Digest[]>;
  /** Chunks by their index. */
  readonly chunks: Lookup<number, Chunk>;
}

/** A `Map`, or what reads like one. */
interface Lookup<K, V> {
  readonly size: number;
  get(key: K): V | undefined;
}

/** Names a node in `FetchedState.nodes`. */
export function nodeKey({ level, index }: Pick<NodeData, 'level' | 'index'>): string {
  return `${level} ${index}`;
}

/** The checks on the root of the wanted state (pbft.md 1.15). Undefined: sizes are known from it. */
export function rejectionOfRoot(
  standing: Standing,
  data: Signed<RootData>,
  verdicts: readonly boolean[],
  target: TransferTarget | undefined,
): Rejection | undefined {
  const { body } = data;
  return (
    rejectionOfPiece(standing, data, verdicts, isOf(target, body)) ??
    (isRoot(standing.configuration, body) ? undefined : 'wrong-state')
  );
}

/** The checks on a node of the wanted state. Undefined: its children may be fetched. */
export function rejectionOfNode(
  standing: Standing,
  data: Signed<NodeData>,
  verdicts: readonly boolean[],
  fetched: FetchedState | undefined,
): Rejection | undefined {
  const { body } = data;
  const digest =
    fetched && isOf(fetched.root, body) ? digestAt(fetched, body.level, body.index) : undefined;
  const isNew = fetched?.nodes.get(nodeKey(body)) === undefined;
  return (
    rejectionOfPiece(standing, data, verdicts, digest !== undefined && isNew) ??
    (digestOfNode(standing.configuration, body.children) === digest ? undefined : 'wrong-state')
  );
}

/** The checks on a chunk of the wanted state. Undefined: it is stored. A wrong one condemns its sender. */
export function rejectionOfChunk(
  standing: Standing,
  data: Signed<ChunkData>,
  verdicts: readonly boolean[],
  fetched: FetchedState | undefined,
): Rejection | undefined {
  const { body } = data;
  const digest =
    fetched && isOf(fetched.root, body) ? digestOfChunkAt(fetched, body.index) : undefined;
  const isNew = fetched?.chunks.get(body.index) === undefined;
  return (
    rejectionOfPiece(standing, data, verdicts, digest !== undefined && isNew) ??
    (digestOfChunk(standing.configuration, body.items) === digest ? undefined : 'wrong-state')
  );
}

/** The pieces whose digests are known and which are not here, nodes first: at most `limit`. */
export function piecesToFetch(fetched: FetchedState, limit: number): readonly StatePlace[] {
  const { sequence, digest, chunks } = fetched.root;
  const sizes = levelSizes(chunks);
  const places: StatePlace[] = [];
  const leaves = sizes.length;
  for (const [i, size] of sizes.entries()) {
    const level = i + 1;
    for (let index = 0; index < size && places.length < limit; index++) {
      if (digestAt(fetched, level, index) === undefined) continue;
      if (level === leaves) {
        const isHere = fetched.chunks.get(index) !== undefined;
        if (!isHere) places.push({ kind: 'chunk', sequence, digest, index });
      } else if (fetched.nodes.get(nodeKey({ level, index })) === undefined) {
        places.push({ kind: 'node', sequence, digest, level, index });
      }
    }
  }
  return places;
}

/** The digest that the chunk at an index must have, as soon as it is known. A replica that has such a chunk already need not fetch it. */
export function digestOfChunkAt(fetched: FetchedState, index: number): Digest | undefined {
  return digestAt(fetched, levelSizes(fetched.root.chunks).length, index);
}

/**
 * The state, once all its chunks are here and its tree, computed anew, has the target's digest: only that may
 * be installed. The chunks are checked already; that they are cut as a correct replica cuts them is checked here.
 */
export function fetchedContent(
  c: Configuration,
  { root, chunks }: FetchedState,
): StateContent | undefined {
  if (chunks.size < root.chunks) return undefined;
  const { sequence, executed } = root;
  const indices = Array.from({ length: root.chunks }, (_, i) => i);
  const items = indices.flatMap((index) => chunks.get(index) ?? []);
  const content = { sequence, executed, items };
  return stateTree(c, content).root.digest === root.digest ? content : undefined;
}

/** The order of checks that all pieces share: is it wanted, who speaks, do the signatures verify. */
function rejectionOfPiece(
  standing: Standing,
  data: Signed<RootData> | Signed<NodeData> | Signed<ChunkData>,
  verdicts: readonly boolean[],
  wanted: boolean,
): Rejection | undefined {
  if (data.signer === standing.id) return 'own-message';
  if (!wanted) return 'unwanted';
  return rejectionOfSigner(standing.configuration, data) ?? rejectionOfSignatures(verdicts);
}

/** The digest of the node or chunk at a place, from what is above it. */
function digestAt({ root, nodes }: FetchedState, level: number, index: number): Digest | undefined {
  if (index >= (levelSizes(root.chunks)[level - 1] ?? 0)) return undefined;
  if (level === 1) return root.children[index];
  const parent = { level: level - 1, index: Math.floor(index / bounds.branching) };
  return nodes.get(nodeKey(parent))?.[index % bounds.branching];
}

function isRoot(c: Configuration, body: RootData): boolean {
  return (
    digestOfRoot(c, body) === body.digest && body.children.length === levelSizes(body.chunks)[0]
  );
}

function isOf(
  target: Pick<TransferTarget, 'sequence' | 'digest'> | undefined,
  body: Pick<RootData, 'sequence' | 'digest'>,
): boolean {
  return target?.sequence === body.sequence && target.digest === body.digest;
}
