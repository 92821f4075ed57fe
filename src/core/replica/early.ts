'use persistent';

import {
  earlyKey,
  type EarlyMessage,
  isEarly,
  rejectionOfEarly,
} from '#core/pbft/early-message.ts';
import { isSignedAs } from '#core/pbft/signed.ts';

import { report } from './outbox.ts';
import type { Replica } from './replica.ts';
import { receiveCommit, receivePrepare, receivePrePrepare } from './voting.ts';

/** Keeps a message of a view that has not begun here: others may have its NEW-VIEW already. */
export function keepEarly(
  replica: Replica,
  message: EarlyMessage,
  verdicts: readonly boolean[],
): void {
  const key = earlyKey(message.signed);
  const held = replica.early.get(key)?.signed;
  const reason = rejectionOfEarly(replica, message, verdicts, held);
  if (reason === undefined) replica.early.set(key, message);
  else report({ type: 'rejected', reason });
}

/** Takes up what was kept for the view that this replica is in now; what belongs to no later view is let go. */
export function releaseEarly(replica: Replica): void {
  const { view } = replica;
  for (const [key, message] of replica.early) {
    // One of them may have made this replica leave the view.
    if (replica.view !== view) return;
    if (isEarly(replica, message.signed.body)) continue;
    replica.early.delete(key);
    if (message.signed.body.view === view) receiveAgain(replica, message);
  }
}

function receiveAgain(replica: Replica, { signed, batch }: EarlyMessage): void {
  const verdicts = [true];
  if (isSignedAs(signed, 'pre-prepare')) receivePrePrepare(replica, { signed, batch }, verdicts);
  else if (isSignedAs(signed, 'prepare')) receivePrepare(replica, signed, verdicts);
  else if (isSignedAs(signed, 'commit')) receiveCommit(replica, signed, verdicts);
}
