import type { Cbor } from '#core/base/cbor.ts';

import { batchMaxLimit } from './configuration.ts';
import type { Batch, Checkpoint, Commit, PrePrepare, Prepare, Reply, Request } from './message.ts';
import {
  bounds,
  digestFrom,
  field,
  fieldsOf,
  list,
  malformed,
  signedOf,
  slot,
  text,
  vote,
} from './reading.ts';
import { isClientId, isReplicaId, isSequenceNumber, isTimestamp, isView } from './terms.ts';

/** A batch from its wire form. */
export function readBatch(value: Cbor | undefined): Batch {
  const requests = list('batch', value, batchMaxLimit);
  return requests.map((request) => signedOf(request, readRequest));
}

/** ⟨REQUEST, o, t, c⟩ */
export function readRequest(value: Cbor): Request {
  const [type, operation, timestamp, client] = fieldsOf('request', value, 4);
  if (type !== 'request') throw malformed('a batch holds requests');
  return {
    type,
    operation: text('operation', operation, bounds.operationBytes),
    timestamp: field('timestamp', timestamp, isTimestamp),
    client: field('client', client, isClientId),
  };
}

/** ⟨PRE-PREPARE, v, n, d⟩ */
export function readPrePrepare(value: Cbor): PrePrepare {
  const [type, view, sequence, digest] = fieldsOf('pre-prepare', value, 4);
  if (type !== 'pre-prepare') throw malformed('a pre-prepare is expected');
  return { type, ...slot(view, sequence), digest: digestFrom(digest) };
}

/** ⟨PREPARE, v, n, d, i⟩ */
export function readPrepare(value: Cbor): Prepare {
  const [type, view, sequence, digest, replica] = fieldsOf('prepare', value, 5);
  if (type !== 'prepare') throw malformed('a prepared certificate holds prepares');
  return { type, ...slot(view, sequence), ...vote(digest, replica) };
}

/** ⟨COMMIT, v, n, d, i⟩ */
export function readCommit(value: Cbor): Commit {
  const [type, view, sequence, digest, replica] = fieldsOf('commit', value, 5);
  if (type !== 'commit') throw malformed('a commit certificate holds commits');
  return { type, ...slot(view, sequence), ...vote(digest, replica) };
}

/** ⟨REPLY, v, t, c, i, r⟩ */
export function readReply(value: Cbor): Reply {
  const [, view, timestamp, client, replica, result] = fieldsOf('reply', value, 6);
  return {
    type: 'reply',
    view: field('view', view, isView),
    timestamp: field('timestamp', timestamp, isTimestamp),
    client: field('client', client, isClientId),
    replica: field('replica', replica, isReplicaId),
    result: text('result', result, bounds.resultBytes),
  };
}

/** ⟨CHECKPOINT, n, d, i⟩ */
export function readCheckpoint(value: Cbor): Checkpoint {
  const [type, sequence, digest, replica] = fieldsOf('checkpoint', value, 4);
  if (type !== 'checkpoint') throw malformed('the proof of a checkpoint holds checkpoints');
  return {
    type,
    sequence: field('sequence', sequence, isSequenceNumber),
    ...vote(digest, replica),
  };
}
