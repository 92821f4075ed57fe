import { isSameStatement } from './evidence.ts';
import type { Signed, ViewChange } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { Standing } from './standing.ts';
import { isAheadOf, rejectionOfSignatures, rejectionOfSigner } from './standing.ts';
import { viewChangeRejection } from './view-change.ts';

/**
 * The checks of §4.4 on a VIEW-CHANGE (pbft.md 1.5, A-V3). Undefined: it takes the place of the one that is
 * held of its signer. Only for views above mine, or for the one that I want too.
 *
 * `held` is the VIEW-CHANGE of this signer with the highest view so far.
 */
export function rejectionOfViewChange(
  standing: Standing,
  viewChange: Signed<ViewChange>,
  verdicts: readonly boolean[],
  held: Signed<ViewChange> | undefined,
): Rejection | undefined {
  const { body, signer } = viewChange;
  if (signer === standing.id) return 'own-message';
  if (standing.phase === 'learner') return 'not-normal';
  if (!isAheadOf(standing, body.nextView)) return 'another-view';
  if (held && held.body.nextView > body.nextView) return 'outdated';
  const c = standing.configuration;
  const rival = held?.body.nextView === body.nextView ? held : undefined;
  if (rival && isSameStatement(c, rival.body, body)) return 'duplicate';
  return (
    rejectionOfSigner(c, viewChange) ??
    rejectionOfSignatures(verdicts) ??
    (rival && 'conflicting-view-change') ??
    viewChangeRejection(c, body)
  );
}
