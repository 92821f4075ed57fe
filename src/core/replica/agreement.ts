'use persistent';

import { executeInTurn } from './execution.ts';
import type { Replica } from './replica.ts';
import type { Slot } from './slot.ts';
import { castCommit, castPrepare } from './voting.ts';

/**
 * The normal case of one slot, §4.2, from top to bottom as in the paper. The handlers in voting.ts decide
 * which messages count; this workflow decides what follows.
 */
export async function agree(replica: Replica, slot: Slot): Promise<void> {
  const prePrepare = await slot.proposal;
  while (replica.recollection !== undefined) await replica.certain.changed();
  if (!replica.isPrimary()) castPrepare(replica, slot, prePrepare);

  const prepared = await slot.prepared;
  while (replica.recollection !== undefined) await replica.certain.changed();
  castCommit(replica, slot, prepared.prePrepare);

  const decision = await slot.decision;
  if (!slot.learned) await executeInTurn(replica, decision);
}
