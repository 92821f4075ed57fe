'use persistent';

import { digestOfBatch } from '#core/pbft/digest.ts';
import type { Batch } from '#core/pbft/message.ts';
import { canPropose, chooseBatch } from '#core/pbft/proposal.ts';
import { own } from '#core/pbft/signed.ts';
import { sequenceNumber, type View } from '#core/pbft/terms.ts';

import { multicast } from './outbox.ts';
import type { Replica } from './replica.ts';
import { accept } from './voting.ts';

/** The reign of a primary (pbft.md 1.7): orders what waits, first come first served, while the window has room. */
export async function lead(replica: Replica, view: View): Promise<void> {
  while (replica.view === view) {
    const batch = nextBatch(replica);
    if (batch === undefined) await replica.opportunity.changed();
    else propose(replica, batch);
  }
}

function nextBatch(replica: Replica): Batch | undefined {
  if (!replica.maySay('pre-prepare') || !canPropose(replica, replica.nextSequence))
    return undefined;
  return chooseBatch(replica.configuration, replica.queue.proposable());
}

/** ⟨PRE-PREPARE, v, n, d⟩ and the batch to all: this replica proposes nothing else in this slot. */
function propose(replica: Replica, batch: Batch): void {
  const { view, nextSequence: sequence, configuration } = replica;
  replica.nextSequence = sequenceNumber(sequence + 1);
  replica.queue.markProposed(batch);
  const digest = digestOfBatch(configuration, batch);
  const prePrepare = own({ type: 'pre-prepare', view, sequence, digest } as const, replica.id);
  multicast(replica.others(), prePrepare, batch);
  accept(replica, replica.slot(sequence), prePrepare, batch);
}
