import type { Outgoing } from '#core/replica/process.ts';

import { isOwn, type Misdeed, misbehaved, type Villain } from './misdeed.ts';

/** A-B3: what the replica says itself leaves with a signature that does not verify. */
export function badSignature(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  return {
    outgoing: outgoing.map((message) => (isOwn(villain, message) ? spoiled(message) : message)),
    reports: misbehaved(
      'bad-signature',
      'spoils the signature of',
      outgoing.filter((message) => isOwn(villain, message)),
    ),
  };
}

/** A message with a signature that does not verify. */
export function spoiled(message: Outgoing): Outgoing {
  const { packet } = message;
  return { ...message, packet: { ...packet, signed: { ...packet.signed, signature: 'bad' } } };
}
