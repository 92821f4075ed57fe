'use persistent';

import { digestOfViewChange } from '#core/pbft/digest.ts';
import { viewContradiction } from '#core/pbft/evidence.ts';
import type { Signed, ViewChange } from '#core/pbft/message.ts';
import { viewChangesFor } from '#core/pbft/new-view.ts';
import { own } from '#core/pbft/signed.ts';
import type { View } from '#core/pbft/terms.ts';
import { rejectionOfViewChange } from '#core/pbft/view-change-acceptance.ts';
import { viewChangeOf } from '#core/pbft/view-change.ts';
import { viewToJoin } from '#core/pbft/view-timing.ts';
import { any, sleep } from '#core/persistent/index.ts';

import { compareWithCommits } from './concealed.ts';
import { releaseEarly } from './early.ts';
import { beginView } from './new-view.ts';
import { multicast, report } from './outbox.ts';
import { placesOf } from './prepared-place.ts';
import type { Replica } from './replica.ts';
import type { ViewChangeCause } from './report.ts';

/**
 * Leaves the view for `wanted`, §4.4: from now on this replica votes in no earlier view, and tells what it
 * takes along. What it learns, it still executes.
 */
export function changeView(replica: Replica, wanted: View, cause: ViewChangeCause): void {
  if (!replica.maySay('view-change') || wanted <= replica.view) return;
  const { configuration, checkpoints, prepared, id } = replica;
  replica.phase = 'changing-view';
  replica.moveTo(wanted);

  const { stable } = checkpoints;
  const baggage = { replica: id, stable, prepared: prepared.values() };
  const viewChange = own(viewChangeOf(configuration, wanted, baggage), id);
  replica.viewChanges.set(id, viewChange);
  report({
    type: 'view-change',
    view: wanted,
    cause,
    stable: viewChange.body.stable,
    prepared: placesOf(viewChange.body),
  });
  multicast(replica.others(), viewChange);
  void insist(replica, viewChange);
  releaseEarly(replica);
  considerViewChanges(replica);
}

/** VIEW-CHANGE: of each replica the one for the highest view is kept. */
export function receiveViewChange(
  replica: Replica,
  viewChange: Signed<ViewChange>,
  verdicts: readonly boolean[],
): void {
  const { replica: signer, nextView } = viewChange.body;
  const held = replica.viewChanges.get(signer);
  const reason = rejectionOfViewChange(replica, viewChange, verdicts, held);
  if (reason !== undefined) {
    report({ type: 'rejected', reason });
    if (held !== undefined && reason === 'conflicting-view-change') {
      replica.evidence.keep(viewContradiction(replica.configuration, held, viewChange));
    }
    return;
  }
  replica.viewChanges.set(signer, viewChange);
  compareWithCommits(replica, viewChange);
  const digest = digestOfViewChange(replica.configuration, viewChange.body);
  report({ type: 'counted', kind: 'view-change', view: nextView, digest, signer });
  considerViewChanges(replica);
}

/** The same VIEW-CHANGE to all, again and again until the view begins (T4): without it two halves of a cluster may wait for ever. */
async function insist(replica: Replica, viewChange: Signed<ViewChange>): Promise<void> {
  const { resendMs } = replica.configuration;
  for (;;) {
    await any({ due: sleep(resendMs), certain: replica.certain.changed() });
    if (replica.phase !== 'changing-view') return;
    if (replica.view !== viewChange.body.nextView) return;
    if (replica.maySay('view-change')) multicast(replica.others(), viewChange);
  }
}

/** What the VIEW-CHANGEs that are here call for: to join others (T3), or to begin the view as its primary. */
export function considerViewChanges(replica: Replica): void {
  const { configuration, viewChanges } = replica;
  replica.concern.notify();
  if (!replica.maySay('view-change')) return;
  const joined = viewToJoin(replica, viewChanges.values());
  if (joined !== undefined) return changeView(replica, joined, 'join');
  if (replica.phase !== 'changing-view' || !replica.isPrimary()) return;
  const chosen = viewChangesFor(configuration, replica.view, viewChanges.values());
  if (chosen !== undefined) beginView(replica, chosen);
}
