'use persistent';

import { isAblated } from '#core/pbft/configuration.ts';
import { sequenceNumber, view } from '#core/pbft/terms.ts';

import { lead } from './primary.ts';
import { undecided } from './repair.ts';
import type { Replica } from './replica.ts';

/** What a replica would do that keeps its word nowhere (1.16): only an ablation forgets. */
export function forget(replica: Replica): void {
  if (isAblated(replica.configuration, 'forget-view')) forgetView(replica);
  if (isAblated(replica.configuration, 'forget-votes')) forgetVotes(replica);
}

function forgetView(replica: Replica): void {
  if (replica.phase === 'learner' || replica.view === 0) return;
  replica.moveTo(view(0));
  replica.phase = 'normal';
  if (replica.isPrimary()) void lead(replica, replica.view);
}

function forgetVotes(replica: Replica): void {
  for (const { sequence } of undecided(replica)) {
    replica.slots.delete(sequence);
    replica.prepared.delete(sequence);
  }
  replica.queue.proposed.clear();
  const last = Math.max(replica.lastExecuted, ...replica.slots.keys());
  replica.nextSequence = sequenceNumber(last + 1);
}
