import { commitCertificateRejection } from './certificate.ts';
import type { Configuration } from './configuration.ts';
import { isBodyOf } from './digest.ts';
import type { Signed, SlotData, Status } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { Standing } from './standing.ts';
import { isInWindow, rejectionOfSignatures, rejectionOfSigner } from './standing.ts';

/** The checks of pbft.md 1.14 on a STATUS. Undefined: it is answered with what its sender lacks. */
export function rejectionOfStatus(
  standing: Standing,
  status: Signed<Status>,
  verdicts: readonly boolean[],
): Rejection | undefined {
  if (status.signer === standing.id) return 'own-message';
  const c = standing.configuration;
  const rejection = rejectionOfSigner(c, status) ?? rejectionOfSignatures(verdicts);
  if (rejection) return rejection;
  return isConsistent(status.body, c) ? undefined : 'bad-status';
}

/**
 * The checks of pbft.md 1.5 and 1.14 on DATA that is a decided slot, whole. Whoever sends it, its COMMITs decide.
 * Undefined: the slot is decided, whatever view, phase or other digest the log holds.
 */
export function rejectionOfData(
  standing: Standing,
  data: Signed<SlotData>,
  verdicts: readonly boolean[],
): Rejection | undefined {
  const { body, signer } = data;
  if (signer === standing.id) return 'own-message';
  if (body.sequence <= standing.lastExecuted) return 'already-executed';
  if (!isInWindow(standing, body.sequence)) return 'outside-watermarks';
  const c = standing.configuration;
  const rejection = rejectionOfSigner(c, data) ?? rejectionOfSignatures(verdicts);
  if (rejection) return rejection;

  if (!isBodyOf(c, body.digest, body.batch)) return 'wrong-body';
  const view = body.commits[0]?.body.view;
  if (view === undefined) return 'bad-certificate';
  const { sequence, digest, commits } = body;
  return commitCertificateRejection(c, { view, sequence, digest, commits });
}

/** Lists grow, and stay between what is executed and the sender's own H; who changes views waits for a NEW-VIEW. */
function isConsistent(status: Status, { n, logSize }: Configuration): boolean {
  const { phase, lowWatermark, lastExecuted, hasNewView, viewChanges } = status;
  if (lastExecuted < lowWatermark) return false;
  if (phase !== 'learner' && hasNewView !== (phase === 'normal')) return false;
  if (phase !== 'changing-view' && viewChanges.length > 0) return false;
  const { prePrepared, prepared, committed } = status;
  return (
    isRising(viewChanges, -1, n - 1) &&
    [prePrepared, prepared, committed].every((sequences) =>
      isRising(sequences, lastExecuted, lowWatermark + logSize),
    )
  );
}

function isRising(numbers: readonly number[], above: number, upTo: number): boolean {
  return numbers.every((number, i) => number > (numbers[i - 1] ?? above) && number <= upTo);
}
