import type { Cbor } from '#core/base/cbor.ts';
import { hex } from '#core/base/hex.ts';
import { utf8 } from '#core/base/utf8.ts';

import type { Configuration } from './configuration.ts';
import { batchMaxLimit } from './configuration.ts';
import type {
  Batch,
  Commit,
  Message,
  MessageOf,
  MessageType,
  ProcessId,
  Request,
  Signed,
  Status,
} from './message.ts';
import type { Rejection } from './rejection.ts';
import type { Digest } from './terms.ts';
import {
  digest,
  isClientId,
  isNatural,
  isReplicaId,
  isSequenceNumber,
  isTimestamp,
  isView,
} from './terms.ts';

/** The bounds of what is decoded. Beyond them a message is refused before anything looks at its meaning. */
export const bounds = {
  packetBytes: 1 << 20,
  nesting: 8,
  operationBytes: 4096,
  resultBytes: 8192,
} as const;

/** Bytes or a value that mean no message. Never leaves the codec. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
  readonly reason: Rejection;

  constructor(reason: Rejection, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A signed message from its wire form. */
export function readSigned(value: Cbor | undefined, c: Configuration): Signed<Message> {
  return signedOf(value, (body) => readBody(body, c));
}

/** A batch from its wire form. */
export function readBatch(value: Cbor | undefined): Batch {
  const requests = list('batch', value, batchMaxLimit);
  return requests.map((request) => signedOf(request, readRequest));
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

type Reader<M extends Message> = (value: Cbor, c: Configuration) => M;

const readers: { readonly [T in MessageType]: Reader<MessageOf<T>> } = {
  request: readRequest,
  'pre-prepare'(value) {
    const [, view, sequence, digest] = fieldsOf('pre-prepare', value, 4);
    return { type: 'pre-prepare', ...slot(view, sequence), digest: digestFrom(digest) };
  },
  prepare(value) {
    const [, view, sequence, digest, replica] = fieldsOf('prepare', value, 5);
    return { type: 'prepare', ...slot(view, sequence), ...vote(digest, replica) };
  },
  commit: readCommit,
  reply(value) {
    const [, view, timestamp, client, replica, result] = fieldsOf('reply', value, 6);
    return {
      type: 'reply',
      view: field('view', view, isView),
      timestamp: field('timestamp', timestamp, isTimestamp),
      client: field('client', client, isClientId),
      replica: field('replica', replica, isReplicaId),
      result: text('result', result, bounds.resultBytes),
    };
  },
  checkpoint(value) {
    const [, sequence, digest, replica] = fieldsOf('checkpoint', value, 4);
    return {
      type: 'checkpoint',
      sequence: field('sequence', sequence, isSequenceNumber),
      ...vote(digest, replica),
    };
  },
  status: readStatus,
  data(value, c) {
    const [, sequence, digest, batch, commits, replica] = fieldsOf('data', value, 6);
    return {
      type: 'data',
      sequence: field('sequence', sequence, isSequenceNumber),
      batch: readBatch(batch),
      commits: list('commits', commits, c.n).map((commit) => signedOf(commit, readCommit)),
      ...vote(digest, replica),
    };
  },
};

function readBody(value: Cbor, c: Configuration): Message {
  const type = isList(value) ? value[0] : undefined;
  if (!isMessageType(type)) throw malformed('no such type of message');
  return readers[type](value, c);
}

function isMessageType(value: unknown): value is MessageType {
  return typeof value === 'string' && Object.hasOwn(readers, value);
}

function readRequest(value: Cbor): Request {
  const [type, operation, timestamp, client] = fieldsOf('request', value, 4);
  if (type !== 'request') throw malformed('a batch holds requests');
  return {
    type,
    operation: text('operation', operation, bounds.operationBytes),
    timestamp: field('timestamp', timestamp, isTimestamp),
    client: field('client', client, isClientId),
  };
}

function readCommit(value: Cbor): Commit {
  const [type, view, sequence, digest, replica] = fieldsOf('commit', value, 5);
  if (type !== 'commit') throw malformed('a commit certificate holds commits');
  return {
    type,
    ...slot(view, sequence),
    ...vote(digest, replica),
  };
}

function readStatus(value: Cbor, c: Configuration): Status {
  const [, view, phase, low, last, prePrepared, prepared, committed, replica] = fieldsOf(
    'status',
    value,
    9,
  );
  const sequences = (name: string, items: Cbor | undefined): Status['prepared'] =>
    list(name, items, c.logSize).map((item) => field(name, item, isSequenceNumber));
  return {
    type: 'status',
    view: field('view', view, isView),
    phase: field('phase', phase, isPhase),
    lowWatermark: field('lowWatermark', low, isSequenceNumber),
    lastExecuted: field('lastExecuted', last, isSequenceNumber),
    prePrepared: sequences('prePrepared', prePrepared),
    prepared: sequences('prepared', prepared),
    committed: sequences('committed', committed),
    replica: field('replica', replica, isReplicaId),
  };
}

function signedOf<M extends Message>(value: Cbor | undefined, read: (body: Cbor) => M): Signed<M> {
  const [body, signer, signature] = fieldsOf('signed message', value, 3);
  if (!isProcessId(signer)) throw malformed('the signer names no process');
  if (!(signature instanceof Uint8Array) || signature.length !== 64) {
    throw malformed('a signature is 64 bytes');
  }
  return { body: read(body ?? null), signer, signature: hex(signature) };
}

function slot(
  view: Cbor | undefined,
  sequence: Cbor | undefined,
): Pick<Commit, 'view' | 'sequence'> {
  return {
    view: field('view', view, isView),
    sequence: field('sequence', sequence, isSequenceNumber),
  };
}

function vote(
  digest: Cbor | undefined,
  replica: Cbor | undefined,
): Pick<Commit, 'digest' | 'replica'> {
  return { digest: digestFrom(digest), replica: field('replica', replica, isReplicaId) };
}

function digestFrom(value: Cbor | undefined): Digest {
  if (!(value instanceof Uint8Array) || value.length !== 32)
    throw malformed('a digest is 32 bytes');
  return digest(hex(value));
}

function text(name: string, value: Cbor | undefined, limit: number): string {
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

function list(name: string, value: Cbor | undefined, limit: number): readonly Cbor[] {
  if (!isList(value)) throw malformed(`${name} is no array`);
  if (value.length > limit) {
    throw new MalformedMessage(
      'oversized',
      `${name} has ${value.length} items, more than ${limit}`,
    );
  }
  return value;
}

function field<T>(name: string, value: unknown, is: (value: unknown) => value is T): T {
  if (!is(value)) throw malformed(`${name} is of the wrong type or out of range`);
  return value;
}

function isPhase(value: unknown): value is Status['phase'] {
  return value === 'normal' || value === 'changing-view' || value === 'learner';
}

/** Whether `value` names a process: a replica by its number, a client as `c0`, `c1`, … */
export function isProcessId(value: unknown): value is ProcessId {
  if (isNatural(value)) return true;
  return typeof value === 'string' && /^c(?:0|[1-9]\d{0,14})$/.test(value);
}

function malformed(says: string): MalformedMessage {
  return new MalformedMessage('undecodable', says);
}
