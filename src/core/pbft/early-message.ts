import { nullDigest } from './digest.ts';
import type { Commit, Message, PrePrepare, Prepare, Signed } from './message.ts';
import { rejectionOfBatch } from './pre-prepare-acceptance.ts';
import type { Proposal } from './pre-prepare-acceptance.ts';
import { primaryOf } from './quorum.ts';
import type { Rejection } from './rejection.ts';
import { isSignedAs } from './signed.ts';
import type { Standing } from './standing.ts';
import {
  highWatermark,
  isInWindow,
  isMember,
  rejectionOfSignatures,
  rejectionOfSigner,
} from './standing.ts';
import { mayPrepare } from './vote.ts';

/** A message of agreement. */
export type Agreement = PrePrepare | Prepare | Commit;

/** Whether a signed message is one of agreement: narrows it. */
export function isAgreement(signed: Signed<Message>): signed is Signed<Agreement> {
  return (
    isSignedAs(signed, 'pre-prepare') ||
    isSignedAs(signed, 'prepare') ||
    isSignedAs(signed, 'commit')
  );
}

/** A message of agreement as it travels, a PRE-PREPARE with its batch. */
export interface EarlyMessage {
  readonly signed: Signed<Agreement>;
  readonly batch?: Proposal['batch'] | undefined;
}

/**
 * Whether a message belongs to a view whose NEW-VIEW is still on its way (pbft.md 1.5): the next view, or the
 * one that this replica is changing to. It is kept, not counted, until that view begins.
 *
 * A COMMIT of the view that is wanted is counted at once: Q of them decide in every phase.
 */
export function isEarly({ view, phase }: Standing, { view: other, type }: Agreement): boolean {
  if (phase === 'learner' && type !== 'commit') return false;
  if (phase === 'changing-view' && type !== 'commit' && other === view) return true;
  return other === view + 1;
}

/**
 * Whether a message tells that its signer is further than what this replica keeps: in a view after the next one, or beyond H. It
 * is not kept; the answer is a STATUS (pbft.md 1.5). What is not well signed by another member tells nothing.
 */
export function tellsOfMore(
  standing: Standing,
  signed: Signed<Agreement>,
  verdicts: readonly boolean[],
): boolean {
  const { view, sequence } = signed.body;
  if (view <= standing.view + 1 && sequence <= highWatermark(standing)) return false;
  if (signed.signer === standing.id) return false;
  return (rejectionOfSpeaker(standing, signed) ?? rejectionOfSignatures(verdicts)) === undefined;
}

/** Where an early message is kept: of one signer, type and place there is one. Bounded by the window. */
export function earlyKey({ body, signer }: Signed<Agreement>): string {
  return `${signer} ${body.type} ${body.sequence}`;
}

/**
 * The checks on an early message, so that only what may count later is kept. Undefined: it is kept.
 *
 * `held` is what is kept under its key: the first of a view stays, one of a later view takes its place.
 */
export function rejectionOfEarly(
  standing: Standing,
  { signed, batch }: EarlyMessage,
  verdicts: readonly boolean[],
  held: Signed<Agreement> | undefined,
): Rejection | undefined {
  const { body, signer } = signed;
  if (signer === standing.id) return 'own-message';
  if (!isEarly(standing, body)) return 'another-view';
  if (!isInWindow(standing, body.sequence)) return 'outside-watermarks';
  if (held && held.body.view > body.view) return 'outdated';
  if (held && held.body.view === body.view) return 'duplicate';
  return (
    rejectionOfSpeaker(standing, signed) ??
    rejectionOfSignatures(verdicts) ??
    rejectionOfContent(standing, signed, batch)
  );
}

function rejectionOfSpeaker(
  { configuration: c }: Standing,
  signed: Signed<Agreement>,
): Rejection | undefined {
  if (isSignedAs(signed, 'pre-prepare')) {
    if (!isMember(c, signed.signer)) return 'not-a-member';
    return signed.signer === primaryOf(signed.body.view, c.n) ? undefined : 'not-the-primary';
  }
  if (isSignedAs(signed, 'prepare')) {
    const { view, replica } = signed.body;
    const rejection = rejectionOfSigner(c, signed);
    return rejection ?? (mayPrepare(c, view, replica) ? undefined : 'primary-prepares');
  }
  return isSignedAs(signed, 'commit') ? rejectionOfSigner(c, signed) : undefined;
}

function rejectionOfContent(
  { configuration: c }: Standing,
  { body }: Signed<Agreement>,
  batch: EarlyMessage['batch'],
): Rejection | undefined {
  if (body.type !== 'pre-prepare') return undefined;
  if (batch) return rejectionOfBatch(c, body.digest, batch);
  return body.digest === nullDigest(c) ? undefined : 'missing-body';
}
