'use persistent';

import type { Progress, Served } from '#core/pbft/execution.ts';
import { type ClientId, type SequenceNumber, sequenceNumber } from '#core/pbft/terms.ts';
import { PersistentMap } from '#core/persistent/index.ts';

/** The replicated state: what a checkpoint's digest covers. */
export class Ledger {
  /** The service's state. */
  readonly state = new PersistentMap<string, string>();
  readonly clientTable = new PersistentMap<ClientId, Served>();
  /** The last sequence number executed; all below it are too. */
  lastExecuted: SequenceNumber = sequenceNumber(0);
  /** How many client operations the state reflects: nulls and duplicates do not count. */
  executed = 0;
  /** How often it has changed. */
  changes = 0;

  /** Takes a state as others have it, in place of the own one. */
  install(
    entries: readonly (readonly [string, string])[],
    clients: readonly (readonly [ClientId, Served])[],
    { sequence, executed }: Progress,
  ): void {
    this.state.clear();
    this.clientTable.clear();
    for (const [key, value] of entries) this.state.set(key, value);
    for (const [client, served] of clients) this.clientTable.set(client, served);
    this.lastExecuted = sequence;
    this.executed = executed;
    this.changes += 1;
  }
}
