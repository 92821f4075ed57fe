import type { Configuration } from './configuration.ts';
import { digestOfStatement } from './evidence.ts';
import type { NewView, Signed, ViewChange } from './message.ts';
import { newViewRejection } from './new-view.ts';
import { primaryOf } from './quorum.ts';
import type { Rejection } from './rejection.ts';
import type { Standing } from './standing.ts';
import { isMember, rejectionOfSignatures, rejectionOfSigner } from './standing.ts';
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
  if (!isAhead(standing, body.nextView)) return 'another-view';
  if (held && held.body.nextView > body.nextView) return 'outdated';
  const c = standing.configuration;
  const rival = held?.body.nextView === body.nextView ? held : undefined;
  if (rival && isSame(c, rival.body, body)) return 'duplicate';
  return (
    rejectionOfSigner(c, viewChange) ??
    rejectionOfSignatures(verdicts) ??
    (rival && 'conflicting-view-change') ??
    viewChangeRejection(c, body)
  );
}

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
  if (rival && isSame(c, rival.body, body)) return 'duplicate';
  if (!rival && !isAhead(standing, body.view)) return 'another-view';
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

/** Above my view, or the one that I am changing to. */
function isAhead({ view, phase }: Standing, other: ViewChange['nextView']): boolean {
  return other > view || (other === view && phase === 'changing-view');
}

function isSame(
  c: Configuration,
  held: ViewChange | NewView,
  other: ViewChange | NewView,
): boolean {
  return digestOfStatement(c, held) === digestOfStatement(c, other);
}
