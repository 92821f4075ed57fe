'use persistent';

import type { CommitCertificate } from '#core/pbft/certificate.ts';
import { executeBatch, isNextToExecute } from '#core/pbft/execution.ts';
import type { Batch } from '#core/pbft/message.ts';
import { isCheckpointSequence } from '#core/pbft/stable-checkpoint.ts';
import { sequenceNumber } from '#core/pbft/terms.ts';

import { checkpoint } from './checkpointing.ts';
import { report } from './outbox.ts';
import type { Replica } from './replica.ts';
import { reply } from './requests.ts';

/**
 * What is decided executes once its batch is here and everything below it has executed. Also in a slot that
 * this replica has not prepared: Q COMMITs decide it all the same (pbft.md 1.5).
 */
export async function executeInTurn(replica: Replica, decision: CommitCertificate): Promise<void> {
  const batch = await replica.bodies.arrival(decision.digest);
  const { configuration } = replica;
  while (
    replica.quarantined ||
    !isNextToExecute(configuration, decision.sequence, replica.lastExecuted)
  ) {
    if (decision.sequence <= replica.lastExecuted) return;
    await replica.progress.changed();
  }
  execute(replica, decision, batch);
}

/** Executes a decided batch (pbft.md 1.8): changes the state, answers the clients, takes a checkpoint every K. */
function execute(replica: Replica, decision: CommitCertificate, batch: Batch): void {
  const { ledger, configuration, queue } = replica;
  const { sequence, digest } = decision;
  const operations = executeBatch(configuration, ledger, batch);
  ledger.lastExecuted = sequenceNumber(Math.max(ledger.lastExecuted, sequence));
  ledger.changes += 1;
  ledger.executed += operations.filter(({ duplicate }) => !duplicate).length;
  report({ type: 'executed', sequence, digest, executed: ledger.executed, operations });
  const isNew = operations.some(({ duplicate }) => !duplicate);
  if (isNew && decision.view > replica.activeView) replica.activeView = decision.view;

  for (const { client, timestamp, duplicate } of operations) {
    const served = ledger.clientTable.get(client);
    if (served !== undefined) queue.settle(client, served.timestamp);
    if (!duplicate || served?.timestamp === timestamp) reply(replica, client);
  }
  if (isCheckpointSequence(configuration, sequence)) void checkpoint(replica, sequence);
  replica.progress.notify();
  replica.opportunity.notify();
  replica.concern.notify();
}
