import type { Configuration } from './configuration.ts';
import { isAblated } from './configuration.ts';
import { isBodyOf, nullDigest } from './digest.ts';
import type { Batch, PrePrepare, Signed } from './message.ts';
import { primaryOf } from './quorum.ts';
import type { Rejection } from './rejection.ts';
import { rejectionOfClient } from './request-acceptance.ts';
import type { Standing } from './standing.ts';
import { isFixed, isInWindow, isMember, rejectionOfSignatures } from './standing.ts';

/**
 * A PRE-PREPARE as it travels: its header, and its batch unless the header is only shown as evidence, or is
 * that of the null request, which has none.
 */
export interface Proposal {
  readonly signed: Signed<PrePrepare>;
  readonly batch?: Batch;
}

/**
 * The checks of §4.2 on a PRE-PREPARE, in the order of pbft.md 1.3. Undefined means accepted.
 *
 * `accepted` is the PRE-PREPARE that this replica accepted for the same view and sequence number.
 */
export function rejectionOfPrePrepare(
  standing: Standing,
  { signed, batch }: Proposal,
  verdicts: readonly boolean[],
  accepted: Signed<PrePrepare> | undefined,
): Rejection | undefined {
  const c = standing.configuration;
  return (
    rejectionByState(standing, signed, accepted) ??
    rejectionOfProposer(c, signed) ??
    rejectionOfSignatures(verdicts) ??
    rejectionOfMeaning(c, { signed, ...(batch && { batch }) }, accepted)
  );
}

/** Why a batch is not the one of a digest, or may not be ordered. */
export function rejectionOfBatch(
  c: Configuration,
  digest: PrePrepare['digest'],
  batch: Batch,
): Rejection | undefined {
  if (!isBodyOf(c, digest, batch)) return 'wrong-body';
  if (batch.length > c.batchMax) return 'bad-batch';
  return batch.some((request) => rejectionOfClient(c, request)) ? 'bad-batch' : undefined;
}

function rejectionByState(
  standing: Standing,
  { body, signer }: Signed<PrePrepare>,
  accepted: Signed<PrePrepare> | undefined,
): Rejection | undefined {
  if (signer === standing.id) return 'own-message';
  if (standing.phase !== 'normal') return 'not-normal';
  if (body.view !== standing.view) return 'another-view';
  if (!isInWindow(standing, body.sequence)) return 'outside-watermarks';
  if (accepted?.body.digest === body.digest) return 'duplicate';
  return !accepted && isFixed(standing, body.sequence) ? 'fixed-by-new-view' : undefined;
}

function rejectionOfProposer(
  c: Configuration,
  { body, signer }: Signed<PrePrepare>,
): Rejection | undefined {
  if (!isMember(c, signer)) return 'not-a-member';
  return signer === primaryOf(body.view, c.n) ? undefined : 'not-the-primary';
}

function rejectionOfMeaning(
  c: Configuration,
  { signed, batch }: Proposal,
  accepted: Signed<PrePrepare> | undefined,
): Rejection | undefined {
  if (accepted && !isAblated(c, 'accept-second-pre-prepare')) return 'conflicting-pre-prepare';
  const { digest } = signed.body;
  if (batch === undefined) return digest === nullDigest(c) ? undefined : 'missing-body';
  return rejectionOfBatch(c, digest, batch);
}
