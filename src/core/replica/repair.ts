'use persistent';

import { type Agreement, tellsOfMore } from '#core/pbft/early-message.ts';
import type { Signed, SlotData, Status } from '#core/pbft/message.ts';
import { rejectionOfData, rejectionOfStatus } from '#core/pbft/repair-acceptance.ts';
import { own } from '#core/pbft/signed.ts';
import { type Holdings, whatLacks } from '#core/pbft/status-answer.ts';
import { any, now, random, sleep } from '#core/persistent/index.ts';

import { missingBodies } from './fetching.ts';
import { multicast, report, send } from './outbox.ts';
import type { Replica } from './replica.ts';
import type { Slot } from './slot.ts';
import { decide } from './voting.ts';

/** STATUS to all, again and again (pbft.md 1.14), from a phase of its own, and after every restart. */
export async function announce(replica: Replica): Promise<void> {
  const { resendMs } = replica.configuration;
  let pauseMs = 1 + Math.floor(random() * resendMs);
  for (;;) {
    await any({ due: sleep(pauseMs), recovered: replica.recovered.changed() });
    forgetResent(replica);
    multicast(replica.others(), own(statusOf(replica), replica.id));
    pauseMs = resendMs;
  }
}

/**
 * A message that is further than this replica keeps: its signer is asked at once for what is missing here. One such hint
 * is taken in resendMs, so whoever makes such messages up gains nothing.
 */
export function takeHint(
  replica: Replica,
  signed: Signed<Agreement>,
  verdicts: readonly boolean[],
): void {
  const { signer } = signed;
  if (!replica.mayResend('hint') || !tellsOfMore(replica, signed, verdicts)) return;
  replica.resentMs.set('hint', now());
  send(signer, own(statusOf(replica), replica.id));
}

/** STATUS: answered with what its sender lacks, each message at most once in resendMs. */
export function receiveStatus(
  replica: Replica,
  status: Signed<Status>,
  verdicts: readonly boolean[],
): void {
  const reason = rejectionOfStatus(replica, status, verdicts);
  if (reason !== undefined) return report({ type: 'rejected', reason });
  const peer = status.body.replica;
  for (const { key, packet } of whatLacks(status.body, holdingsOf(replica))) {
    const { signer, body } = packet.signed;
    if (signer === replica.id && !replica.maySay(body.type)) continue;
    const resent = `${peer} ${key}`;
    if (!replica.mayResend(resent)) continue;
    replica.resentMs.set(resent, now());
    send(peer, packet.signed, packet.batch);
  }
}

/** DATA: a decided slot whole, whoever sends it. */
export function receiveData(
  replica: Replica,
  data: Signed<SlotData>,
  verdicts: readonly boolean[],
): void {
  const reason = rejectionOfData(replica, data, verdicts);
  const { sequence, digest, batch, commits } = data.body;
  const view = commits[0]?.body.view;
  if (reason !== undefined || view === undefined) {
    return report({ type: 'rejected', reason: reason ?? 'bad-certificate' });
  }
  replica.bodies.add(digest, batch, sequence);
  const slot = replica.slot(sequence);
  if (!slot.decision.settled) decide(replica, slot, { view, sequence, digest, commits });
}

/** What this replica has said about undecided slots, said again after a restart (pbft.md 1.16). */
export function sayAgain(replica: Replica): void {
  const others = replica.others();
  const { newView } = replica;
  if (newView?.signer === replica.id) multicast(others, newView);
  for (const slot of undecided(replica)) {
    const prePrepare = slot.proposal.value;
    if (prePrepare?.signer === replica.id && slot.header === undefined) {
      multicast(others, prePrepare, replica.bodies.get(prePrepare.body.digest));
    }
    const prepare = slot.prepares.get(replica.id);
    if (prepare !== undefined) multicast(others, prepare);
    const commit = slot.commits.get(replica.id);
    if (commit !== undefined) multicast(others, commit);
  }
}

/** What this replica has, for others to see what it lacks. */
function statusOf(replica: Replica): Status {
  const { id, view, phase, lowWatermark, lastExecuted } = replica;
  const slots = [...replica.slots.values()]
    .filter(({ sequence }) => sequence > lastExecuted)
    .sort((a, b) => a.sequence - b.sequence);
  const those = (has: (slot: Slot) => boolean): Status['prepared'] =>
    slots.filter(has).map(({ sequence }) => sequence);
  return {
    type: 'status',
    view,
    phase,
    lowWatermark,
    lastExecuted,
    hasNewView: phase !== 'changing-view',
    prePrepared: those(({ proposal }) => proposal.settled),
    prepared: those(({ prepared }) => prepared.settled),
    committed: those(({ decision }) => decision.settled),
    viewChanges: phase === 'changing-view' ? asking(replica) : [],
    missing: missingBodies(replica),
    replica: id,
  };
}

/** Who asks for the view that this replica wants, as far as it knows. */
function asking({ view, viewChanges }: Replica): Status['viewChanges'] {
  return [...viewChanges.values()]
    .filter(({ body }) => body.nextView === view)
    .map(({ body }) => body.replica)
    .sort((a, b) => a - b);
}

/** What is worth sending again: what has moved lately is still on its way. */
function holdingsOf(replica: Replica): Holdings {
  const { checkpoints, slots, bodies, archive } = replica;
  const isSettled = ({ changedMs }: { readonly changedMs: number }): boolean =>
    isPast(replica, changedMs);
  return {
    standing: replica,
    stable: isPast(replica, checkpoints.stableMs) ? checkpoints.stable : undefined,
    checkpoints: [...checkpoints.claims.values()]
      .filter(({ own, takenMs }) => own !== undefined && isPast(replica, takenMs))
      .flatMap(({ bySigner }) => [...bySigner.values()]),
    newView: isPast(replica, replica.newViewMs) ? replica.newView : undefined,
    viewChanges: replica.viewChanges.values(),
    body: (digest) => bodies.get(digest),
    slot: (sequence) => {
      const slot = slots.get(sequence);
      if (slot === undefined || !isSettled(slot)) return undefined;
      const prePrepare = slot.proposal.value;
      const batch = prePrepare && bodies.get(prePrepare.body.digest);
      return {
        prePrepare,
        batch,
        prepares: slot.prepares.values(),
        commits: slot.commits.values(),
      };
    },
    decision: (sequence) => {
      const slot = slots.get(sequence);
      const archived = archive.decisions.get(sequence);
      if (slot === undefined) return archived && isSettled(archived) ? archived : undefined;
      const certificate = slot.decision.value;
      const batch = certificate && bodies.get(certificate.digest);
      return certificate && batch && isSettled(slot) ? { certificate, batch } : undefined;
    },
  };
}

function isPast(replica: Replica, ms: number | undefined): boolean {
  return ms === undefined || now() - ms >= replica.configuration.resendMs;
}

/** The slots that are open, in order. */
export function undecided(replica: Replica): readonly Slot[] {
  return [...replica.slots.values()]
    .filter(({ decision }) => !decision.settled)
    .sort((a, b) => a.sequence - b.sequence);
}

function forgetResent(replica: Replica): void {
  for (const [key, ms] of replica.resentMs) {
    if (isPast(replica, ms)) replica.resentMs.delete(key);
  }
}
