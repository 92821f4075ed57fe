import { digestHex } from '#core/base/digest.ts';
import type { Random } from '#core/base/random.ts';
import { utf8 } from '#core/base/utf8.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Batch, Message, ProcessId } from '#core/pbft/message.ts';
import {
  type Digest,
  digest,
  type ReplicaId,
  replicaId,
  type SequenceNumber,
  type View,
} from '#core/pbft/terms.ts';
import type { Outgoing } from '#core/replica/process.ts';
import type { Report } from '#core/replica/report.ts';

/**
 * What a behaviour has at hand: the name, hence the key, of its own replica and what that replica stores. It
 * remembers nothing itself: what differs from turn to turn is drawn from the turn's own randomness, so that a
 * crash changes nothing about it.
 */
export interface Villain {
  readonly id: ReplicaId;
  readonly configuration: Configuration;
  readonly view: View;
  /** h: the sequence number of its last stable checkpoint. */
  readonly lowWatermark: SequenceNumber;
  /** Counts the turns of this identity. */
  readonly turn: number;
  /** Begins anew with every turn, from the seed, the identity and the turn. */
  readonly random: Random;
  /** The batch behind a digest, if the replica holds it. */
  batchOf(digest: Digest): Batch | undefined;
}

/** What leaves instead of what the correct replica would have sent, and what was done about it. */
export interface Misdeed {
  readonly outgoing: readonly Outgoing[];
  readonly reports: readonly Report[];
}

/** A digest that no replica proposes: nobody knows what it is the digest of. */
export function inventedDigest(honest: Digest): Digest {
  return digest(digestHex(utf8(`not ${honest}`)));
}

/** Every replica but this one, in order. */
export function othersThan(villain: Villain): readonly ReplicaId[] {
  return Array.from({ length: villain.configuration.n }, (_, i) => replicaId(i)).filter(
    (i) => i !== villain.id,
  );
}

/** The upper half of the ids: who is told the second thing where there are two. */
export function upperHalf(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => i).filter((i) => i >= n / 2);
}

/** What would be a signature if it were anybody's. */
export const nobodysSignature = 'ab'.repeat(64);

/** Whether the replica itself says this: what it forwards is signed by others and stays as it is. */
export function isOwn(villain: Villain, { packet }: Outgoing): boolean {
  return packet.signed.signer === villain.id;
}

/** What a lie is called, and whom it is told to: all, if nothing is said. */
interface Lie {
  readonly behaviour: string;
  readonly deed: string;
  readonly isTold?: (message: Outgoing) => boolean;
}

/** Says something else wherever `falsify` has something else to say in place of an own message. */
export function falsifying(
  villain: Villain,
  { behaviour, deed, isTold = () => true }: Lie,
  outgoing: readonly Outgoing[],
  falsify: (body: Message) => Message | undefined,
): Misdeed {
  const changed: Outgoing[] = [];
  const falsified = new Map<Message, Message | undefined>();
  const sent = outgoing.map((message) => {
    const { body } = message.packet.signed;
    if (!isOwn(villain, message) || !isTold(message)) return message;
    if (!falsified.has(body)) falsified.set(body, falsify(body));
    const other = falsified.get(body);
    if (other === undefined) return message;
    changed.push(message);
    const { packet } = message;
    return { ...message, packet: { ...packet, signed: { ...packet.signed, body: other } } };
  });
  return { outgoing: sent, reports: misbehaved(behaviour, deed, changed) };
}

/** The report of a deed done to messages: one for each packet, with all its recipients. */
export function misbehaved(
  behaviour: string,
  deed: string,
  messages: readonly Outgoing[],
): readonly Report[] {
  const recipients = new Map<Message, ProcessId[]>();
  for (const { packet, to } of messages) {
    recipients.set(packet.signed.body, [...(recipients.get(packet.signed.body) ?? []), to]);
  }
  return [...recipients].map(([body, to]) => ({
    type: 'misbehaved',
    behaviour,
    what: `${deed} ${nameOf(body)} ${to.map(String).join(', ')}`,
  }));
}

/** A message as a person names it: `PREPARE 0/3` is the one of view 0 and sequence number 3. */
function nameOf(body: Message): string {
  const name = body.type.toUpperCase();
  if (!('sequence' in body)) return `${name} to`;
  return 'view' in body
    ? `${name} ${body.view}/${body.sequence} to`
    : `${name} ${body.sequence} to`;
}
