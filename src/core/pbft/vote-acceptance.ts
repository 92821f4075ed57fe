import type { Checkpoint, Commit, Prepare, Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import { isCheckpointSequence } from './stable-checkpoint.ts';
import type { Standing } from './standing.ts';
import { isInWindow, rejectionOfSignatures, rejectionOfSigner } from './standing.ts';
import { mayPrepare } from './vote.ts';

/**
 * The checks of §4.2 on a PREPARE. Undefined: it is filed. It may come before the PRE-PREPARE, so its digest
 * is compared when it is counted.
 *
 * `held` is the PREPARE of this signer that is filed for the same view and sequence number.
 */
export function rejectionOfPrepare(
  standing: Standing,
  prepare: Signed<Prepare>,
  verdicts: readonly boolean[],
  held: Signed<Prepare> | undefined,
): Rejection | undefined {
  const { body, signer } = prepare;
  if (signer === standing.id) return 'own-message';
  if (standing.phase !== 'normal') return 'not-normal';
  if (body.view !== standing.view) return 'another-view';
  if (!isInWindow(standing, body.sequence)) return 'outside-watermarks';
  if (held?.body.digest === body.digest) return 'duplicate';

  const c = standing.configuration;
  const rejection = rejectionOfSigner(c, prepare);
  if (rejection) return rejection;
  if (!mayPrepare(c, body.view, body.replica)) return 'primary-prepares';
  return rejectionOfSignatures(verdicts) ?? (held && 'conflicting-vote');
}

/**
 * The checks of §4.2 on a COMMIT, with those of older views, which may still complete a commit certificate.
 * In every phase: a commit certificate decides for a replica that changes views and for a learner too.
 *
 * `held` is what is filed of this signer at this sequence number: for the current view its COMMIT of that
 * view, for an older one its COMMIT of the highest older view.
 */
export function rejectionOfCommit(
  standing: Standing,
  commit: Signed<Commit>,
  verdicts: readonly boolean[],
  held: Signed<Commit> | undefined,
): Rejection | undefined {
  const { body, signer } = commit;
  if (signer === standing.id) return 'own-message';
  if (body.view > standing.view) return 'another-view';
  if (!isInWindow(standing, body.sequence)) return 'outside-watermarks';
  if (held && held.body.view > body.view) return 'outdated';
  const rival = held?.body.view === body.view ? held : undefined;
  if (rival?.body.digest === body.digest) return 'duplicate';
  return (
    rejectionOfSigner(standing.configuration, commit) ??
    rejectionOfSignatures(verdicts) ??
    (rival && 'conflicting-vote')
  );
}

/**
 * The checks of §4.3 on a CHECKPOINT. Those above H are kept too, but only the latest of each signer:
 * f + 1 of them tell a replica that it is far behind.
 *
 * `held` is what is filed of this signer: up to H its CHECKPOINT of this sequence number, above H its
 * latest claim.
 */
export function rejectionOfCheckpoint(
  standing: Standing,
  checkpoint: Signed<Checkpoint>,
  verdicts: readonly boolean[],
  held: Signed<Checkpoint> | undefined,
): Rejection | undefined {
  const { body, signer } = checkpoint;
  if (signer === standing.id) return 'own-message';
  if (body.sequence <= standing.lowWatermark) return 'outside-watermarks';
  if (held && held.body.sequence > body.sequence) return 'outdated';
  const rival = held?.body.sequence === body.sequence ? held : undefined;
  if (rival?.body.digest === body.digest) return 'duplicate';

  const c = standing.configuration;
  const rejection = rejectionOfSigner(c, checkpoint) ?? rejectionOfSignatures(verdicts);
  if (rejection) return rejection;
  if (!isCheckpointSequence(c, body.sequence)) return 'not-a-checkpoint';
  return rival && 'conflicting-vote';
}
