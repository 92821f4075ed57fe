'use persistent';

import { digestOfNewView, nullDigest } from '#core/pbft/digest.ts';
import { viewContradiction } from '#core/pbft/evidence.ts';
import type { NewView, PrePrepare, Signed, ViewChange } from '#core/pbft/message.ts';
import { condemnsPrimary, rejectionOfNewView } from '#core/pbft/new-view-acceptance.ts';
import { mayVoteAt, nextSequenceIn } from '#core/pbft/new-view-entry.ts';
import { type NewViewOrder, newViewOf, newViewOrder } from '#core/pbft/new-view.ts';
import { own } from '#core/pbft/signed.ts';
import { now } from '#core/persistent/index.ts';

import { takeAsStable } from './checkpointing.ts';
import { compareWithCommits } from './concealed.ts';
import { releaseEarly } from './early.ts';
import { fetchBody } from './fetching.ts';
import { multicast, report, send } from './outbox.ts';
import { orderDifference, placesOf } from './prepared-place.ts';
import { lead } from './primary.ts';
import type { Replica } from './replica.ts';
import type { Slot } from './slot.ts';
import { accept } from './voting.ts';

/** ⟨NEW-VIEW, v+1, V, O⟩ to all, §4.4: once for each view, for it is stored and the view has begun. */
export function beginView(replica: Replica, viewChanges: readonly Signed<ViewChange>[]): void {
  const { configuration, view, id } = replica;
  const newView = own(newViewOf(configuration, view, viewChanges), id);
  multicast(replica.others(), newView);
  enterView(replica, newView);
}

/** NEW-VIEW: proves itself. One that proves nothing proves its primary faulty to who waits for it. */
export function receiveNewView(
  replica: Replica,
  newView: Signed<NewView>,
  verdicts: readonly boolean[],
): void {
  const held = replica.newView;
  const reason = rejectionOfNewView(replica, newView, verdicts, held);
  if (reason === undefined) return enterView(replica, newView);
  const detail =
    reason === 'wrong-order' ? orderDifference(replica.configuration, newView.body) : undefined;
  report({ type: 'rejected', reason, ...(detail !== undefined && { detail }) });
  if (held !== undefined && reason === 'conflicting-new-view') {
    replica.evidence.keep(viewContradiction(replica.configuration, held, newView));
    replica.forsake('faulty-primary');
  }
  if (condemnsPrimary(replica, newView, verdicts, reason)) {
    replica.forsake('invalid-new-view');
  }
}

/** The view begins here: its order is taken over, then the normal case goes on. */
function enterView(replica: Replica, newView: Signed<NewView>): void {
  const { configuration } = replica;
  const order = newViewOrder(configuration, newView.body.viewChanges);
  if (newView.body.view > replica.view) replica.moveTo(newView.body.view);
  if (replica.phase === 'changing-view') replica.phase = 'normal';
  replica.newView = newView;
  replica.newViewMs = now();
  replica.fixedUpTo = order.maxSequence;
  tell(replica, newView, order);
  for (const { evidence } of order.broken) {
    for (const { messages } of evidence) replica.evidence.add(configuration, ...messages);
  }
  compareVotes(replica, newView);

  if (order.stable !== undefined) takeAsStable(replica, order.stable);
  void takeOver(replica, newView);
  replica.nextSequence = nextSequenceIn(replica);
  if (replica.isPrimary()) void lead(replica, replica.view);
  else relayAll(replica);
  releaseEarly(replica);
  replica.concern.notify();
}

/**
 * Takes over from O what this replica may vote for (pbft.md 1.10), also what it has executed already: others may
 * need the votes. What lies above its window follows as soon as the window has moved.
 */
async function takeOver(replica: Replica, newView: Signed<NewView>): Promise<void> {
  const { minSequence } = newViewOrder(replica.configuration, newView.body.viewChanges);
  while (replica.newView === newView && replica.phase === 'normal') {
    for (const header of newView.body.prePrepares) {
      const { sequence } = header.body;
      if (!mayVoteAt(replica, { minSequence }, sequence)) continue;
      const slot = replica.slot(sequence);
      if (slot.header === undefined) void adopt(replica, slot, header);
    }
    if (newView.body.prePrepares.length === 0) return;
    await replica.windowMoved.changed();
  }
}

/** Agrees to what the view began with at a place, once its batch is here. */
async function adopt(replica: Replica, slot: Slot, header: Signed<PrePrepare>): Promise<void> {
  const { sequence, digest } = header.body;
  slot.header = header;
  if (digest === nullDigest(replica.configuration)) replica.bodies.add(digest, [], sequence);
  if (replica.bodies.get(digest) === undefined) fetchBody(replica, digest);
  const batch = await replica.bodies.arrival(digest);
  if (replica.slots.get(sequence) !== slot) return;
  if (replica.isPrimary()) replica.queue.markProposed(batch);
  accept(replica, slot, header, batch);
}

/** A-V4, A-V5: who hides in V what it has committed, or has sent this replica another VIEW-CHANGE than the one in V is faulty. */
function compareVotes(replica: Replica, { body }: Signed<NewView>): void {
  for (const viewChange of body.viewChanges) {
    compareWithCommits(replica, viewChange);
    const held = replica.viewChanges.get(viewChange.body.replica);
    if (held === undefined) continue;
    replica.evidence.keep(viewContradiction(replica.configuration, held, viewChange));
  }
}

/** The new primary may not know what waits here. */
function relayAll(replica: Replica): void {
  if (replica.phase !== 'normal') return;
  for (const request of replica.queue.waiting.values()) send(replica.primary(), request);
}

function tell(replica: Replica, { body }: Signed<NewView>, order: NewViewOrder): void {
  const none = nullDigest(replica.configuration);
  report({
    type: 'new-view',
    view: body.view,
    digest: digestOfNewView(replica.configuration, body),
    primary: replica.primary(),
    minSequence: order.minSequence,
    maxSequence: order.maxSequence,
    entries: body.prePrepares.map(({ body: { sequence, digest } }) => ({
      sequence,
      digest,
      null: digest === none,
    })),
    viewChanges: body.viewChanges.map((viewChange) => ({
      replica: viewChange.body.replica,
      stable: viewChange.body.stable,
      prepared: placesOf(viewChange.body),
    })),
    signers: body.viewChanges.map((viewChange) => viewChange.body.replica),
  });
}
