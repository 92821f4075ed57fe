'use persistent';

import {
  commitCertificate,
  type CommitCertificate,
  committedCertificate,
  preparedCertificate,
  type PreparedCertificate,
} from '#core/pbft/certificate.ts';
import { nullDigest } from '#core/pbft/digest.ts';
import { headerToShow } from '#core/pbft/evidence.ts';
import type { Batch, Commit, Prepare, PrePrepare, Signed } from '#core/pbft/message.ts';
import { rejectionOfPrePrepare } from '#core/pbft/pre-prepare-acceptance.ts';
import { own } from '#core/pbft/signed.ts';
import { rejectionOfCommit, rejectionOfPrepare } from '#core/pbft/vote-acceptance.ts';
import { fileVote } from '#core/pbft/vote.ts';
import { now } from '#core/persistent/index.ts';

import { compareWithViewChange } from './concealed.ts';
import { executeInTurn } from './execution.ts';
import { fetchBody } from './fetching.ts';
import { multicast, report, send } from './outbox.ts';
import type { Replica } from './replica.ts';
import type { Slot } from './slot.ts';

/** PRE-PREPARE: the first acceptable one of a slot is what this replica agrees to. */
export function receivePrePrepare(
  replica: Replica,
  { signed, batch }: { readonly signed: Signed<PrePrepare>; readonly batch?: Batch | undefined },
  verdicts: readonly boolean[],
): void {
  const accepted = replica.slots.get(signed.body.sequence)?.proposal.value;
  const proposal = batch === undefined ? { signed } : { signed, batch };
  const reason = rejectionOfPrePrepare(replica, proposal, verdicts, accepted);
  if (reason !== undefined) {
    report({ type: 'rejected', reason });
    if (accepted !== undefined && reason === 'conflicting-pre-prepare') {
      replica.evidence.add(replica.configuration, accepted, signed);
      replica.forsake('faulty-primary');
    }
    return;
  }
  const slot = replica.slot(signed.body.sequence);
  // The null request has no batch to travel beside it.
  accept(replica, accepted === undefined ? slot : replica.reopen(slot), signed, batch ?? []);
}

/** PREPARE: filed whatever its digest, since it may come before the PRE-PREPARE; what fits is counted. */
export function receivePrepare(
  replica: Replica,
  prepare: Signed<Prepare>,
  verdicts: readonly boolean[],
): void {
  const { sequence, replica: signer } = prepare.body;
  const held = replica.slots.get(sequence)?.prepares.get(signer);
  const reason = rejectionOfPrepare(replica, prepare, verdicts, held);
  if (reason !== undefined) {
    report({ type: 'rejected', reason });
    if (held !== undefined && reason === 'conflicting-vote') {
      replica.evidence.add(replica.configuration, held, prepare);
    }
    return;
  }
  const slot = replica.slot(sequence);
  showHeader(replica, slot, prepare);
  filePrepare(replica, slot, prepare);
}

/** COMMIT: of this view or an older one, in every phase, since Q equal ones decide whatever this replica voted. */
export function receiveCommit(
  replica: Replica,
  commit: Signed<Commit>,
  verdicts: readonly boolean[],
): void {
  const { view, sequence, replica: signer } = commit.body;
  const known = replica.slots.get(sequence);
  const votes = view === replica.view ? known?.commits : known?.olderCommits;
  const held = votes?.get(signer);
  const reason = rejectionOfCommit(replica, commit, verdicts, held);
  if (reason !== undefined) {
    report({ type: 'rejected', reason });
    if (held !== undefined && reason === 'conflicting-vote') {
      replica.evidence.add(replica.configuration, held, commit);
    }
    return;
  }
  const slot = replica.slot(sequence);
  showHeader(replica, slot, commit);
  compareWithViewChange(replica, commit);
  fileCommit(replica, slot, commit);
}

/** Takes a proposal and its batch as this replica's own view of the slot. */
export function accept(
  replica: Replica,
  slot: Slot,
  prePrepare: Signed<PrePrepare>,
  batch: Batch,
): void {
  const { view, sequence, digest } = prePrepare.body;
  replica.bodies.add(digest, batch, sequence);
  for (const request of batch) replica.know(request);
  slot.changedMs = now();
  slot.proposal.complete(prePrepare);
  report({ type: 'pre-prepared', view, sequence, digest });
  for (const vote of [...slot.prepares.values(), ...slot.commits.values()]) {
    showHeader(replica, slot, vote);
  }
  weigh(replica, slot);
}

/** ⟨PREPARE, v, n, d, i⟩ to all: this replica agrees to the proposal, and to no other in this slot. */
export function castPrepare(replica: Replica, slot: Slot, { body }: Signed<PrePrepare>): void {
  if (!replica.mayVoteIn(slot)) return;
  const { view, sequence, digest } = body;
  const prepare = { type: 'prepare', view, sequence, digest, replica: replica.id } as const;
  slot.changedMs = now();
  multicast(replica.others(), own(prepare, replica.id));
  filePrepare(replica, slot, own(prepare, replica.id));
}

/** ⟨COMMIT, v, n, d, i⟩ to all: this replica holds the proof that no other proposal prepares here. */
export function castCommit(replica: Replica, slot: Slot, { body }: Signed<PrePrepare>): void {
  if (!replica.mayVoteIn(slot)) return;
  const { view, sequence, digest } = body;
  const commit = { type: 'commit', view, sequence, digest, replica: replica.id } as const;
  slot.changedMs = now();
  slot.committing = true;
  multicast(replica.others(), own(commit, replica.id));
  fileCommit(replica, slot, own(commit, replica.id));
}

/** Q COMMITs decide a place in the order for good. */
export function decide(replica: Replica, slot: Slot, decision: CommitCertificate): void {
  const { view, sequence, digest, commits } = decision;
  const signers = commits.map(({ body }) => body.replica);
  // The null request has no batch that could be missing, also where this replica never saw it proposed.
  if (digest === nullDigest(replica.configuration)) replica.bodies.add(digest, [], sequence);
  // Its PRE-PREPARE may have come while the window of this replica ended below: the others do not send it again by themselves.
  if (replica.bodies.get(digest) === undefined) fetchBody(replica, digest);
  slot.changedMs = now();
  slot.decision.complete(decision);
  report({ type: 'committed', view, sequence, digest, signers });
  if (slot.committing) return;
  slot.learned = true;
  void executeInTurn(replica, decision);
}

function filePrepare(replica: Replica, slot: Slot, prepare: Signed<Prepare>): void {
  const { view, sequence, digest, replica: signer } = prepare.body;
  fileVote(replica.configuration, slot.prepares, prepare);
  report({ type: 'counted', kind: 'prepare', view, sequence, digest, signer });
  weigh(replica, slot);
}

function fileCommit(replica: Replica, slot: Slot, commit: Signed<Commit>): void {
  const { view, sequence, digest, replica: signer } = commit.body;
  if (view === slot.view) fileVote(replica.configuration, slot.commits, commit);
  else slot.olderCommits.set(signer, commit);
  report({ type: 'counted', kind: 'commit', view, sequence, digest, signer });
  weigh(replica, slot);
}

/** Looks again at what the messages of a slot prove: they come in any order, so each may be the last one missing. */
function weigh(replica: Replica, slot: Slot): void {
  const c = replica.configuration;
  const prePrepare = slot.proposal.value;
  if (prePrepare !== undefined && !slot.prepared.settled) {
    const prepared = preparedCertificate(c, prePrepare, slot.prepares.values());
    if (prepared !== undefined) settlePrepared(replica, slot, prepared);
  }
  if (slot.decision.settled) return;
  const prepared = slot.prepared.value;
  const decision =
    (prepared && committedCertificate(c, prepared, slot.commits.values())) ??
    commitCertificate(c, slot.commits.values()) ??
    commitCertificate(c, slot.olderCommits.values());
  if (decision !== undefined) decide(replica, slot, decision);
}

function settlePrepared(replica: Replica, slot: Slot, prepared: PreparedCertificate): void {
  const { view, sequence, digest } = prepared.prePrepare.body;
  replica.prepared.set(sequence, prepared);
  slot.prepared.complete(prepared);
  const signers = prepared.prepares.map(({ body }) => body.replica);
  report({ type: 'prepared', view, sequence, digest, signers });
}

/** Shows the accepted PRE-PREPARE to who votes for another digest: only so can the two ever meet. */
function showHeader(replica: Replica, slot: Slot, vote: Signed<Prepare> | Signed<Commit>): void {
  const { replica: signer } = vote.body;
  const accepted = slot.proposal.value;
  if (accepted === undefined || signer === replica.id || slot.shownTo.has(signer)) return;
  const header = headerToShow(accepted, vote);
  if (header === undefined) return;
  if (header.signed.signer === replica.id && !replica.maySay('pre-prepare')) return;
  slot.shownTo.add(signer);
  send(signer, header.signed);
}
