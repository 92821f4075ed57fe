import type { Message, Signed } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import type { ReplicaId } from '#core/pbft/terms.ts';
import type { Outgoing } from '#core/replica/process.ts';

import {
  inventedDigest,
  isOwn,
  type Misdeed,
  misbehaved,
  nobodysSignature,
  othersThan,
  type Villain,
} from './misdeed.ts';

/**
 * A-B3, A-P15: says what it has to say in the name of another replica, once under its own signature and once
 * under one that it makes up; with each vote it proposes, too, as if it were the primary.
 */
export function forgeSender(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  const name = villain.random.pick(othersThan(villain));
  const forgeries = new Map<Message, readonly Signed<Message>[]>();
  const forged: Outgoing[] = [];
  const sent = outgoing.flatMap((message) => {
    const { body } = message.packet.signed;
    if (!isOwn(villain, message)) return [message];
    const known = forgeries.get(body) ?? forgeriesOf(villain, body, name);
    forgeries.set(body, known);
    if (known.length === 0) return [message];
    forged.push(message);
    return known.map((signed) => ({ ...message, packet: { signed } }));
  });
  return {
    outgoing: sent,
    reports: misbehaved('forge-sender', `says in the name of ${name}`, forged),
  };
}

function forgeriesOf(villain: Villain, body: Message, name: ReplicaId): readonly Signed<Message>[] {
  if (!('replica' in body) || body.type === 'status' || body.type === 'fetch') return [];
  if (body.type === 'data') return [];
  const another = { ...body, replica: name };
  const forgeries = [
    own(another, villain.id),
    { body: another, signer: name, signature: nobodysSignature },
  ];
  if (body.type !== 'prepare') return forgeries;
  const { view, sequence, digest } = body;
  const proposal = {
    type: 'pre-prepare',
    view,
    sequence,
    digest: inventedDigest(digest),
  } as const;
  return [...forgeries, own(proposal, villain.id)];
}
