import { isSameStatement } from './evidence.ts';
import type { NewView, Signed } from './message.ts';
import { newViewRejection } from './new-view.ts';
import { primaryOf } from './quorum.ts';
import type { Rejection } from './rejection.ts';
import type { Standing } from './standing.ts';
import { isAheadOf, isMember, rejectionOfSignatures } from './standing.ts';

/**
 * The checks of §4.4 on a NEW-VIEW (pbft.md 1.5, A-V7 to A-V9). Undefined: the view begins. It proves itself,
 * so it is accepted by who never wanted this view, and by learners, whoever forwards it.
 *
 * `held` is the NEW-VIEW with which the current view began.
 */
export function rejectionOfNewView(
  standing: Standing,
  newView: Signed<NewView>,
  verdicts: readonly boolean[],
  held: Signed<NewView> | undefined,
): Rejection | undefined {
  const { body, signer } = newView;
  const c = standing.configuration;
  if (signer === standing.id) return 'own-message';
  const rival = held?.body.view === body.view ? held : undefined;
  if (rival && isSameStatement(c, rival.body, body)) return 'duplicate';
  if (!rival && !isAheadOf(standing, body.view)) return 'another-view';
  if (!isMember(c, signer)) return 'not-a-member';
  if (signer !== primaryOf(body.view, c.n)) return 'not-the-primary';
  return (
    rejectionOfSignatures(verdicts) ??
    (rival && 'conflicting-new-view') ??
    newViewRejection(c, body)
  );
}

/**
 * Whether a refused NEW-VIEW proves the next primary faulty to a replica that waits for it: then it asks for
 * the view after at once. For any other replica it is only refused: else a faulty replica could throw correct
 * ones into any view in which it is the primary.
 */
export function condemnsPrimary(
  standing: Standing,
  { body, signer }: Signed<NewView>,
  verdicts: readonly boolean[],
  reason: Rejection,
): boolean {
  const awaited = standing.phase === 'changing-view' && body.view === standing.view;
  const itsOwn = signer === primaryOf(body.view, standing.configuration.n) && verdicts[0] === true;
  return awaited && itsOwn && ['bad-signature', 'bad-view-changes', 'wrong-order'].includes(reason);
}
