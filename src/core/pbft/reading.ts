import type { Cbor } from '#core/base/cbor.ts';
import { hex } from '#core/base/hex.ts';
import { utf8 } from '#core/base/utf8.ts';

import type { Configuration } from './configuration.ts';
import type { Commit, Identity, Message, ProcessId, Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { Digest } from './terms.ts';
import { digest, isNatural, isReplicaId, isSequenceNumber, isView } from './terms.ts';

/** The bounds of what is decoded. Beyond them a message is refused before anything looks at its meaning. */
export const bounds = {
  /** The least that `packetBytesMax` allows. */
  packetBytes: 1 << 20,
  nesting: 12,
  operationBytes: 4096,
  resultBytes: 8192,
  /** The children of a node in the tree of a state. */
  branching: 64,
  /** The entries of one chunk of a state. */
  chunkItems: 512,
} as const;

/** About what one signed vote takes on the wire, with room to spare. */
const voteBytes = 192;

/**
 * The most bytes of a packet: a NEW-VIEW of this cluster fits, with a VIEW-CHANGE of every replica and in each
 * a certificate for every place of the window.
 */
export function packetBytesMax({ n, logSize }: Configuration): number {
  const viewChangeVotes = 1 + n + logSize * n;
  return Math.max(bounds.packetBytes, (1 + n * viewChangeVotes + logSize) * voteBytes);
}

/** Bytes or a value that mean no message. Never leaves the codec. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
  readonly reason: Rejection;

  constructor(reason: Rejection, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The fields of an array of exactly this length. */
export function fieldsOf(name: string, value: Cbor | undefined, count: number): readonly Cbor[] {
  if (!isList(value)) throw malformed(`${name} is no array`);
  if (value.length !== count) throw malformed(`${name} has ${value.length} fields, not ${count}`);
  return value;
}

/** An array, as far as it is one. */
export function isList(value: Cbor | undefined): value is readonly Cbor[] {
  return Array.isArray(value);
}

/** A signed message whose body `read` understands. */
export function signedOf<M extends Message>(
  value: Cbor | undefined,
  read: (body: Cbor) => M,
): Signed<M> {
  const [body, signer, signature] = fieldsOf('signed message', value, 3);
  if (!isIdentity(signer)) throw malformed('the signer names no process');
  if (!(signature instanceof Uint8Array) || signature.length !== 64) {
    throw malformed('a signature is 64 bytes');
  }
  return { body: read(body ?? null), signer, signature: hex(signature) };
}

/** Where a message of agreement belongs: v and n. */
export function slot(
  view: Cbor | undefined,
  sequence: Cbor | undefined,
): Pick<Commit, 'view' | 'sequence'> {
  return {
    view: field('view', view, isView),
    sequence: field('sequence', sequence, isSequenceNumber),
  };
}

/** What a vote is for, and whose it is: d and i. */
export function vote(
  digest: Cbor | undefined,
  replica: Cbor | undefined,
): Pick<Commit, 'digest' | 'replica'> {
  return { digest: digestFrom(digest), replica: field('replica', replica, isReplicaId) };
}

/** A digest from its 32 bytes. */
export function digestFrom(value: Cbor | undefined): Digest {
  if (!(value instanceof Uint8Array) || value.length !== 32)
    throw malformed('a digest is 32 bytes');
  return digest(hex(value));
}

/** A text of at most `limit` bytes. */
export function text(name: string, value: Cbor | undefined, limit: number): string {
  if (typeof value !== 'string') throw malformed(`${name} is no text`);
  if (!isTextWithin(value, limit)) {
    throw new MalformedMessage('oversized', `${name} is longer than ${limit} bytes`);
  }
  return value;
}

/** Whether a text takes at most `limit` bytes as UTF-8. */
export function isTextWithin(value: string, limit: number): boolean {
  return value.length <= limit && utf8(value).length <= limit;
}

/** An array of at most `limit` items. */
export function list(name: string, value: Cbor | undefined, limit: number): readonly Cbor[] {
  if (!isList(value)) throw malformed(`${name} is no array`);
  if (value.length > limit) {
    throw new MalformedMessage(
      'oversized',
      `${name} has ${value.length} items, more than ${limit}`,
    );
  }
  return value;
}

/** A value that `is` recognizes. */
export function field<T>(name: string, value: unknown, is: (value: unknown) => value is T): T {
  if (!is(value)) throw malformed(`${name} is of the wrong type or out of range`);
  return value;
}

/** Whether `value` names who can sign: a replica by its number, a client as `c0`, `c1`, … */
export function isIdentity(value: unknown): value is Identity {
  if (isNatural(value)) return true;
  return typeof value === 'string' && /^c(?:0|[1-9]\d{0,14})$/.test(value);
}

/** Whether `value` names a process: who can sign, or the second instance of a replica as `t0`, `t1`, … */
export function isProcessId(value: unknown): value is ProcessId {
  if (isIdentity(value)) return true;
  return typeof value === 'string' && /^t(?:0|[1-9]\d{0,14})$/.test(value);
}

/** What means no message, in words. */
export function malformed(says: string): MalformedMessage {
  return new MalformedMessage('undecodable', says);
}
