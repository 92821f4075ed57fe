import type { Message } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { inventedDigest, isOwn, type Misdeed, misbehaved, type Villain } from './misdeed.ts';

/**
 * A-P9, A-B7: votes for a digest that nobody proposed; as primary, proposes a batch under a digest that is
 * not its own.
 */
export function wrongDigest(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  const falsified = outgoing.filter((message) => isOwn(villain, message) && isVote(message));
  return {
    outgoing: outgoing.map((message) =>
      falsified.includes(message) ? withWrongDigest(message) : message,
    ),
    reports: misbehaved('wrong-digest', 'puts a digest that nobody proposed into', falsified),
  };
}

function isVote({ packet }: Outgoing): boolean {
  return falsify(packet.signed.body) !== undefined;
}

function withWrongDigest({ to, packet }: Outgoing): Outgoing {
  const body = falsify(packet.signed.body) ?? packet.signed.body;
  return { to, packet: { ...packet, signed: { ...packet.signed, body } } };
}

function falsify(body: Message): Message | undefined {
  if (body.type !== 'pre-prepare' && body.type !== 'prepare' && body.type !== 'commit') {
    return undefined;
  }
  return { ...body, digest: inventedDigest(body.digest) };
}
