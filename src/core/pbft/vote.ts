import type { Configuration } from './configuration.ts';
import { isAblated } from './configuration.ts';
import type { Checkpoint, Commit, Prepare, Signed } from './message.ts';
import { primaryOf } from './quorum.ts';
import { isMember } from './standing.ts';
import type { ReplicaId, View } from './terms.ts';
import { replicaId } from './terms.ts';

/** What is counted towards a quorum. */
export type Vote = Prepare | Commit | Checkpoint;

/** Where votes are filed: the first of each signer. A `Map`, or what reads like one. */
export interface VoteStore<V extends Vote> {
  readonly size: number;
  get(replica: ReplicaId): Signed<V> | undefined;
  set(replica: ReplicaId, vote: Signed<V>): unknown;
}

/** Files a vote unless its signer has one here: one replica, one vote. Tells whether it was filed. */
export function fileVote<V extends Vote>(
  c: Configuration,
  votes: VoteStore<V>,
  vote: Signed<V>,
): boolean {
  const key = ballotOf(c, vote, votes.size);
  if (votes.get(key) !== undefined) return false;
  votes.set(key, vote);
  return true;
}

/** The votes that count: the first of each member, in order. A certificate never counts a signer twice. */
export function distinctVotes<V extends Vote>(
  c: Configuration,
  votes: Iterable<Signed<V>>,
): readonly Signed<V>[] {
  const bySigner = new Map<ReplicaId, Signed<V>>();
  for (const vote of votes) {
    const { signer, body } = vote;
    if (!isMember(c, signer) || signer !== body.replica) continue;
    const key = ballotOf(c, vote, bySigner.size);
    if (!bySigner.has(key)) bySigner.set(key, vote);
  }
  return [...bySigner.values()];
}

/** Whether a PREPARE of `replica` counts in `view`: the primary's vote is its PRE-PREPARE, a second one would count it twice. */
export function mayPrepare(c: Configuration, view: View, replica: ReplicaId): boolean {
  return replica !== primaryOf(view, c.n) || isAblated(c, 'count-primary-prepare');
}

/** Whose ballot a vote is: its signer's. Without deduplication each vote is a ballot of its own. */
function ballotOf(c: Configuration, { body }: Signed<Vote>, filed: number): ReplicaId {
  return isAblated(c, 'no-vote-deduplication') ? replicaId(c.n + filed) : body.replica;
}
