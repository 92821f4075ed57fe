import { assert } from '#core/base/assert.ts';
import type { Brand } from '#core/base/brand.ts';

/** v: the reign of one primary. The primary of view `v` is replica `v mod n`. */
export type View = Brand<number, 'View'>;

/** n: the place of a batch in the total order; the first is 1. Zero names the initial state. */
export type SequenceNumber = Brand<number, 'SequenceNumber'>;

/** i: a replica, 0 to n-1. */
export type ReplicaId = Brand<number, 'ReplicaId'>;

/** c: a client, counted from 0. */
export type ClientId = Brand<number, 'ClientId'>;

/** t: a request's timestamp, strictly increasing per client. */
export type Timestamp = Brand<number, 'Timestamp'>;

/** D(m): SHA-256 in lower-case hexadecimal, 64 digits. */
export type Digest = Brand<string, 'Digest'>;

/** A natural number that JavaScript represents exactly. Rejects NaN, fractions, negatives and -0. */
export function isNatural(value: unknown): value is number {
  return (
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)
  );
}

/** A view number. */
export function view(value: number): View {
  assert(isView(value), `a view is a natural number, not ${value}`);
  return value;
}

/** A sequence number. */
export function sequenceNumber(value: number): SequenceNumber {
  assert(isSequenceNumber(value), `a sequence number is a natural number, not ${value}`);
  return value;
}

/** The name of a replica. */
export function replicaId(value: number): ReplicaId {
  assert(isReplicaId(value), `a replica is named by a natural number, not ${value}`);
  return value;
}

/** The name of a client. */
export function clientId(value: number): ClientId {
  assert(isClientId(value), `a client is named by a natural number, not ${value}`);
  return value;
}

/** A client's timestamp. */
export function timestamp(value: number): Timestamp {
  assert(isTimestamp(value), `a timestamp is a natural number, not ${value}`);
  return value;
}

/** A digest from its 64 hexadecimal digits. */
export function digest(value: string): Digest {
  assert(isDigest(value), `a digest is 64 lower-case hexadecimal digits, not ${value}`);
  return value;
}

/** Whether `value` is a view number. */
export function isView(value: unknown): value is View {
  return isNatural(value);
}

/** Whether `value` is a sequence number. */
export function isSequenceNumber(value: unknown): value is SequenceNumber {
  return isNatural(value);
}

/** Whether `value` can name a replica. */
export function isReplicaId(value: unknown): value is ReplicaId {
  return isNatural(value);
}

/** Whether `value` can name a client. */
export function isClientId(value: unknown): value is ClientId {
  return isNatural(value);
}

/** Whether `value` is a timestamp. */
export function isTimestamp(value: unknown): value is Timestamp {
  return isNatural(value);
}

/** Whether `value` is a digest. */
function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
