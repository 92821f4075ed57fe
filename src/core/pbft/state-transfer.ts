import type { Configuration } from './configuration.ts';
import { quorumsIn } from './configuration.ts';
import type { Checkpoint, Signed } from './message.ts';
import type { StableCheckpoint } from './stable-checkpoint.ts';
import type { Standing } from './standing.ts';
import { digestOfChunkAt, type FetchedState } from './state-fetch.ts';
import { type Chunk, digestOfChunk, type StateContent, stateTree } from './state-tree.ts';
import type { Digest, SequenceNumber } from './terms.ts';
import { distinctVotes } from './vote.ts';

/** A state to fetch: at least one correct replica has it (pbft.md 1.15). */
export interface TransferTarget {
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  /** The CHECKPOINTs that say so, all equal: Q of them, or f + 1. */
  readonly checkpoints: readonly Signed<Checkpoint>[];
  /**
   * Whether they are Q: then the installed state is a stable checkpoint, and h moves. With f + 1 only the state
   * and the last executed place move: a VIEW-CHANGE could not prove more. It still reports from h, so the
   * prepared certificates above h stay.
   */
  readonly stable: boolean;
}

/**
 * The state to fetch, of those that `claims` prove to be above `sequence`: the highest that Q claim, unless f + 1
 * claim one more than a window above it, since then correct replicas have let go of the other.
 *
 * `claims` may hold CHECKPOINTs of any sequence numbers, as many of a signer as there are.
 */
export function transferTarget(
  c: Configuration,
  above: SequenceNumber,
  claims: Iterable<Signed<Checkpoint>>,
): TransferTarget | undefined {
  const { quorum, weak } = quorumsIn(c);
  const targets = groupsOf(c, above, claims);
  const stable = highest(targets.filter(({ checkpoints }) => checkpoints.length >= quorum));
  const supported = highest(targets.filter(({ checkpoints }) => checkpoints.length >= weak));
  if (!supported) return undefined;
  const isStale = !stable || supported.sequence > stable.sequence + c.logSize;
  const chosen = isStale ? supported : stable;
  const isStable = chosen.checkpoints.length >= quorum;
  return {
    sequence: chosen.sequence,
    digest: chosen.digest,
    checkpoints: chosen.checkpoints.slice(0, isStable ? quorum : weak),
    stable: isStable,
  };
}

/** The stable checkpoint that an installed target is; undefined if only f + 1 vouch for it. */
export function stableFrom({
  sequence,
  digest,
  checkpoints,
  stable,
}: TransferTarget): StableCheckpoint | undefined {
  return stable ? { sequence, digest, checkpoints } : undefined;
}

/**
 * Whether a fetched state may take the place of the own one: it is further, or the own one is known to be
 * corrupt. What is executed on a sound state is never taken back.
 */
export function mayInstall(
  { lastExecuted }: Pick<Standing, 'lastExecuted'>,
  { sequence }: Pick<TransferTarget, 'sequence'>,
  corrupt: boolean,
): boolean {
  return corrupt || sequence > lastExecuted;
}

/**
 * The chunks of a wanted state that need not be fetched: they are in a state that is here, or came for another one.
 * Digests say which.
 */
export function knownChunks(
  c: Configuration,
  fetched: FetchedState,
  contents: readonly StateContent[],
  spare: readonly Chunk[],
): ReadonlyMap<number, Chunk> {
  const known = new Map<Digest, Chunk>();
  for (const chunk of spare) known.set(digestOfChunk(c, chunk), chunk);
  for (const content of contents) {
    const { chunks, levels } = stateTree(c, content);
    for (const [i, digest] of (levels.at(-1) ?? []).entries()) {
      const chunk = chunks[i];
      if (chunk) known.set(digest, chunk);
    }
  }
  const found = new Map<number, Chunk>();
  for (let index = 0; index < fetched.root.chunks; index++) {
    const digest = digestOfChunkAt(fetched, index);
    const chunk = digest && known.get(digest);
    if (chunk && fetched.chunks.get(index) === undefined) found.set(index, chunk);
  }
  return found;
}

type Group = StableCheckpoint;

function groupsOf(
  c: Configuration,
  above: SequenceNumber,
  claims: Iterable<Signed<Checkpoint>>,
): readonly Group[] {
  const groups = new Map<string, Signed<Checkpoint>[]>();
  for (const claim of claims) {
    const { sequence, digest } = claim.body;
    if (sequence <= above) continue;
    const key = `${sequence} ${digest}`;
    const known = groups.get(key);
    if (known) known.push(claim);
    else groups.set(key, [claim]);
  }
  return [...groups.values()].flatMap((group) => {
    const checkpoints = distinctVotes(c, group);
    const body = checkpoints[0]?.body;
    return body ? [{ sequence: body.sequence, digest: body.digest, checkpoints }] : [];
  });
}

function highest(groups: readonly Group[]): Group | undefined {
  let best: Group | undefined;
  for (const group of groups) if (!best || group.sequence > best.sequence) best = group;
  return best;
}
