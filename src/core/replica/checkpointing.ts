'use persistent';

import { contentOf } from '#core/pbft/execution.ts';
import type { Checkpoint, Signed } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import {
  digestAgainst,
  stableAmongOthers,
  stableCheckpoint,
  type StableCheckpoint,
} from '#core/pbft/stable-checkpoint.ts';
import { isInWindow } from '#core/pbft/standing.ts';
import { stateTree } from '#core/pbft/state-tree.ts';
import type { SequenceNumber } from '#core/pbft/terms.ts';
import { rejectionOfCheckpoint } from '#core/pbft/vote-acceptance.ts';
import { fileVote } from '#core/pbft/vote.ts';
import { now } from '#core/persistent/index.ts';

import type { Claims } from './checkpoints.ts';
import { multicast, report } from './outbox.ts';
import { quarantine } from './quarantine.ts';
import type { Replica } from './replica.ts';

/** A checkpoint, §4.3: told to all, and when Q replicas have told the same, the log below it is let go. */
export async function checkpoint(replica: Replica, sequence: SequenceNumber): Promise<void> {
  const claims = replica.checkpoints.at(sequence);
  castCheckpoint(replica, claims);

  const stable = await claims.stable;
  moveWindow(replica, stable);
}

/** CHECKPOINT: one per signer and place in the window; above it only the latest claim of each signer. */
export function receiveCheckpoint(
  replica: Replica,
  message: Signed<Checkpoint>,
  verdicts: readonly boolean[],
): void {
  const { configuration, checkpoints, evidence } = replica;
  const { sequence, replica: signer } = message.body;
  // Above the window is what this replica has installed on the word of f + 1: it waits for Q there.
  const inWindow =
    isInWindow(replica, sequence) || checkpoints.claims.get(sequence)?.own !== undefined;
  const held = inWindow
    ? checkpoints.claims.get(sequence)?.bySigner.get(signer)
    : checkpoints.ahead.get(signer);
  const reason = rejectionOfCheckpoint(replica, message, verdicts, held);
  if (reason !== undefined) {
    report({ type: 'rejected', reason });
    if (held !== undefined && reason === 'conflicting-vote') {
      evidence.add(configuration, held, message);
    }
    return;
  }
  if (inWindow) file(replica, checkpoints.at(sequence), message);
  else checkpoints.ahead.set(signer, message);
  checkpoints.claimed.notify();
}

/** A checkpoint that others have proved stable: if this replica has that state too, its window moves. */
export function takeAsStable(replica: Replica, stable: StableCheckpoint): void {
  if (stable.sequence <= replica.lowWatermark) return;
  for (const message of stable.checkpoints) {
    if (message.signer !== replica.id) receiveCheckpoint(replica, message, [true]);
  }
  const claims = replica.checkpoints.claims.get(stable.sequence);
  if (claims?.own?.body.digest === stable.digest) claims.stable.complete(stable);
}

/** ⟨CHECKPOINT, n, d, i⟩ to all: the digest of what this replica has after executing n. */
function castCheckpoint(replica: Replica, claims: Claims): void {
  const { sequence } = claims;
  const { configuration, ledger, id } = replica;
  const content = contentOf(ledger, { sequence, executed: ledger.executed });
  const { digest } = stateTree(configuration, content).root;
  claims.content = content;
  const message = own({ type: 'checkpoint', sequence, digest, replica: id } as const, id);
  const before = claims.own;
  if (before?.body.digest === digest) return;
  claims.own = message;
  claims.takenMs = now();
  if (before !== undefined) {
    // It has told a corrupt state: a second word would contradict the first one.
    claims.isRetracted = true;
    claims.bySigner.delete(id);
    return conclude(replica, claims);
  }
  report({ type: 'checkpoint', sequence, digest });
  multicast(replica.others(), message);
  file(replica, claims, message);
}

function file(replica: Replica, claims: Claims, message: Signed<Checkpoint>): void {
  const { configuration } = replica;
  const { sequence, digest, replica: signer } = message.body;
  fileVote(configuration, claims.bySigner, message);
  report({ type: 'counted', kind: 'checkpoint', sequence, digest, signer });
  conclude(replica, claims);
}

/** What the claims of Q replicas say of the own state: that others have it too, or that it is corrupt. */
function conclude(replica: Replica, { own: mine, bySigner, isRetracted, stable }: Claims): void {
  if (mine === undefined || stable.settled) return;
  const { configuration } = replica;
  const proof = isRetracted
    ? stableAmongOthers(configuration, mine.body, bySigner.values())
    : stableCheckpoint(configuration, mine, bySigner.values());
  if (proof !== undefined) return stable.complete(proof);
  const digest = digestAgainst(configuration, mine, bySigner.values());
  if (digest !== undefined) quarantine(replica, mine.body.sequence, digest);
}

/** The proof is kept first, then what it makes superfluous is let go (pbft.md 1.9). */
function moveWindow(replica: Replica, stable: StableCheckpoint): void {
  const { checkpoints, archive, bodies, slots, configuration } = replica;
  const { sequence, digest } = stable;
  if (sequence <= replica.lowWatermark) return;
  checkpoints.content = checkpoints.claims.get(sequence)?.content;
  checkpoints.stable = stable;
  checkpoints.stableMs = now();
  report({
    type: 'stable',
    sequence,
    digest,
    signers: stable.checkpoints.map(({ body }) => body.replica),
  });

  for (const slot of slots.values()) {
    if (slot.sequence > sequence) continue;
    const certificate = slot.decision.value;
    const batch = certificate && bodies.get(certificate.digest);
    if (certificate && batch) {
      archive.decisions.set(slot.sequence, { certificate, batch, changedMs: slot.changedMs });
    }
    slots.delete(slot.sequence);
  }
  archive.discard(sequence - configuration.logSize);
  bodies.discard(sequence);
  checkpoints.discard(sequence);
  for (const prepared of replica.prepared.keys()) {
    if (prepared <= sequence) replica.prepared.delete(prepared);
  }
  refile(replica);
  replica.windowMoved.notify();
  replica.opportunity.notify();
}

/** Claims that were above the window count once it has reached them. */
function refile(replica: Replica): void {
  const { ahead } = replica.checkpoints;
  for (const [signer, message] of ahead) {
    const { sequence } = message.body;
    if (sequence <= replica.lowWatermark) ahead.delete(signer);
    if (!isInWindow(replica, sequence)) continue;
    ahead.delete(signer);
    file(replica, replica.checkpoints.at(sequence), message);
  }
}
