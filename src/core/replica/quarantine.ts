'use persistent';

import { stateTree } from '#core/pbft/state-tree.ts';
import type { Digest, SequenceNumber } from '#core/pbft/terms.ts';

import { report } from './outbox.ts';
import type { Replica } from './replica.ts';
import { digestOfLedger } from './state-digest.ts';

/**
 * The own state is not what Q replicas have after the same operations (pbft.md 1.9): nothing is executed on it and
 * nothing answered from it until another one is installed. Votes do not depend on it.
 */
export function quarantine(replica: Replica, sequence: SequenceNumber, digest: Digest): void {
  if (replica.quarantined) return;
  replica.quarantined = true;
  report({ type: 'quarantined', sequence, digest });
  replica.checkpoints.claimed.notify();
}

/** After a restart: the state of the stable checkpoint must be what Q replicas have signed (pbft.md 1.16, step 3). */
export function examineState(replica: Replica): void {
  const { configuration, checkpoints, lastExecuted } = replica;
  const { stable, content } = checkpoints;
  if (stable === undefined) return;
  const kept = content && stateTree(configuration, content).root.digest;
  const isCurrent = lastExecuted === stable.sequence;
  const current = isCurrent ? digestOfLedger(replica) : stable.digest;
  if (kept !== stable.digest || current !== stable.digest) {
    quarantine(replica, stable.sequence, stable.digest);
  }
}

/**
 * What no checksum tells: a disk gives back another state than was written to it, and everything else as it was
 * (A-K6). For simulations.
 */
export function rot({ ledger }: Replica): void {
  const [entry] = ledger.state.entries();
  if (entry === undefined) return;
  const [key, value] = entry;
  ledger.state.set(key, `${value}~`);
  ledger.changes += 1;
}
