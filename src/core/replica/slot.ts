'use persistent';

import type { CommitCertificate, PreparedCertificate } from '#core/pbft/certificate.ts';
import type { Commit, Prepare, PrePrepare, Signed } from '#core/pbft/message.ts';
import type { ReplicaId, SequenceNumber, View } from '#core/pbft/terms.ts';
import { Awaitable, PersistentMap } from '#core/persistent/index.ts';

/**
 * A place in the total order: the entries (v, n) of the message log for one n, of the current view v,
 * with what outlives a view: COMMITs of older views and the decision.
 */
export class Slot {
  readonly sequence: SequenceNumber;
  readonly view: View;
  /** The accepted PRE-PREPARE. Settles only when its batch is here too. */
  readonly proposal = new Awaitable<Signed<PrePrepare>>();
  /** The first PREPARE of each backup, whatever its digest: it may come before the PRE-PREPARE. */
  readonly prepares = new PersistentMap<ReplicaId, Signed<Prepare>>();
  /** prepared(m, v, n, i): the PRE-PREPARE and Q - 1 PREPAREs with its digest. */
  readonly prepared = new Awaitable<PreparedCertificate>();
  /** The first COMMIT of each replica in this view, whatever its digest. */
  readonly commits = new PersistentMap<ReplicaId, Signed<Commit>>();
  /** Each replica's COMMIT of the highest older view. */
  readonly olderCommits = new PersistentMap<ReplicaId, Signed<Commit>>();
  /** Q COMMITs of one view with one digest: they decide this place in every view. */
  readonly decision = new Awaitable<CommitCertificate>();
  /** Whether this replica's COMMIT of this view is out. */
  committing = false;
  /** Whether it was decided without this replica's COMMIT: then it executes without its agreement. */
  learned = false;
  /** When this replica last got or sent something that moves this place on, in ms. */
  changedMs = 0;
  /** Who was shown this replica's PRE-PREPARE because it voted for another digest. */
  readonly shownTo = new Set<ReplicaId>();

  /** The header with which the view began at this place; its batch may still be missing. */
  header: Signed<PrePrepare> | undefined = undefined;

  constructor(sequence: SequenceNumber, view: View) {
    this.sequence = sequence;
    this.view = view;
  }

  /** Takes over what outlives the view of an older slot of this place. */
  carryOver(older: Slot): void {
    for (const [i, commit] of older.olderCommits) this.olderCommits.set(i, commit);
    for (const [i, commit] of older.commits) this.olderCommits.set(i, commit);
    this.changedMs = older.changedMs;
    const decision = older.decision.value;
    if (decision === undefined) return;
    this.learned = true;
    this.decision.complete(decision);
  }
}
