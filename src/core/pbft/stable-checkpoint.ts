import type { Configuration } from './configuration.ts';
import { quorumsIn } from './configuration.ts';
import type { Checkpoint, Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { Standing } from './standing.ts';
import { highWatermark } from './standing.ts';
import type { Digest, SequenceNumber } from './terms.ts';
import { distinctVotes } from './vote.ts';

/** A checkpoint with its proof, §4.3: Q replicas had this state after this sequence number. */
export interface StableCheckpoint {
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  readonly checkpoints: readonly Signed<Checkpoint>[];
}

/** Whether a checkpoint is taken after executing `sequence`: at every multiple of K. */
export function isCheckpointSequence(c: Configuration, sequence: SequenceNumber): boolean {
  return sequence > 0 && sequence % c.checkpointInterval === 0;
}

/**
 * The stable checkpoint that `own` and its equals in `checkpoints` make, if they are Q.
 *
 * Without one's own there is none: a replica that has not executed so far keeps its watermarks.
 */
export function stableCheckpoint(
  c: Configuration,
  own: Signed<Checkpoint>,
  checkpoints: Iterable<Signed<Checkpoint>>,
): StableCheckpoint | undefined {
  const needed = quorumsIn(c).quorum;
  const matching = distinctVotes(c, [own, ...checkpoints]).filter(({ body }) =>
    isSame(body, own.body),
  );
  if (matching.length < needed) return undefined;
  const { sequence, digest } = own.body;
  return { sequence, digest, checkpoints: matching.slice(0, needed) };
}

/**
 * The stable checkpoint that Q others make of a state that this replica has now, and has told otherwise before: its
 * word does not count.
 */
export function stableAmongOthers(
  c: Configuration,
  now: Pick<Checkpoint, 'sequence' | 'digest'>,
  others: Iterable<Signed<Checkpoint>>,
): StableCheckpoint | undefined {
  const needed = quorumsIn(c).quorum;
  const matching = distinctVotes(c, others).filter(({ body }) => isSame(body, now));
  if (matching.length < needed) return undefined;
  const { sequence, digest } = now;
  return { sequence, digest, checkpoints: matching.slice(0, needed) };
}

/**
 * The digest on which Q replicas agree although it is not this replica's own: its state is corrupt, or the
 * service is not deterministic (pbft.md 1.9).
 */
export function digestAgainst(
  c: Configuration,
  own: Signed<Checkpoint>,
  checkpoints: Iterable<Signed<Checkpoint>>,
): Digest | undefined {
  const others = distinctVotes(c, checkpoints).filter(
    ({ body }) => body.sequence === own.body.sequence && body.digest !== own.body.digest,
  );
  const needed = quorumsIn(c).quorum;
  return others.find(
    ({ body }) => others.filter((other) => isSame(other.body, body)).length >= needed,
  )?.body.digest;
}

/** Whether f + 1 replicas claim checkpoints above H: at least one correct one is a whole window ahead. */
export function isFarBehind(standing: Standing, claims: Iterable<Signed<Checkpoint>>): boolean {
  const c = standing.configuration;
  const ahead = distinctVotes(c, claims).filter(
    ({ body }) => body.sequence > highWatermark(standing),
  );
  return ahead.length >= quorumsIn(c).weak;
}

/** Why `stable` proves nothing, its signatures apart; undefined if it does. Every CHECKPOINT in it must count. */
export function stableCheckpointRejection(
  c: Configuration,
  { checkpoints, ...stable }: StableCheckpoint,
): Rejection | undefined {
  if (!isCheckpointSequence(c, stable.sequence)) return 'not-a-checkpoint';
  const counting = distinctVotes(c, checkpoints).filter(({ body }) => isSame(body, stable));
  const complete = counting.length === checkpoints.length;
  return complete && counting.length >= quorumsIn(c).quorum ? undefined : 'bad-certificate';
}

function isSame(
  a: Pick<Checkpoint, 'sequence' | 'digest'>,
  b: Pick<Checkpoint, 'sequence' | 'digest'>,
): boolean {
  return a.sequence === b.sequence && a.digest === b.digest;
}
