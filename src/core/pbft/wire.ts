import { assert } from '#core/base/assert.ts';
import type { Cbor } from '#core/base/cbor.ts';
import { bytesOfHex, isHex } from '#core/base/hex.ts';

import type { Batch, Data, Fetch, Message, Signed, Status } from './message.ts';

/** How a message within a message is written. */
type Nested = (signed: Signed<Message>) => Cbor;

/** A body as it is signed and sent: an array that begins with its type, its fields in the order of the paper. */
export function wireOf(body: Message): Cbor {
  return fieldsWith(body, wireOfSigned);
}

/** A body without the signatures inside it: what digests cover. */
export function unsignedWireOf(body: Message): Cbor {
  return fieldsWith(body, ({ body: inner, signer }) => [unsignedWireOf(inner), signer]);
}

function fieldsWith(body: Message, nested: Nested): Cbor {
  switch (body.type) {
    case 'request':
      return [body.type, body.operation, body.timestamp, body.client];
    case 'pre-prepare':
      return [body.type, body.view, body.sequence, bytesOfHex(body.digest)];
    case 'prepare':
    case 'commit':
      return [body.type, body.view, body.sequence, bytesOfHex(body.digest), body.replica];
    case 'reply':
      return [body.type, body.view, body.timestamp, body.client, body.replica, body.result];
    case 'checkpoint':
      return [body.type, body.sequence, bytesOfHex(body.digest), body.replica];
    case 'view-change':
      return [
        body.type,
        body.nextView,
        body.stable,
        body.checkpoints.map(nested),
        body.prepared.map(({ prePrepare, prepares }) => [nested(prePrepare), prepares.map(nested)]),
        body.replica,
      ];
    case 'new-view':
      return [body.type, body.view, body.viewChanges.map(nested), body.prePrepares.map(nested)];
    case 'status':
      return fieldsOfStatus(body);
    case 'fetch':
      return [body.type, body.kind, ...fieldsOfFetch(body), body.replica];
    case 'data':
      return [body.type, body.kind, ...fieldsOfData(body, nested), body.replica];
  }
}

function fieldsOfStatus(status: Status): Cbor {
  return [
    status.type,
    status.view,
    status.phase,
    status.lowWatermark,
    status.lastExecuted,
    status.hasNewView,
    status.prePrepared,
    status.prepared,
    status.committed,
    status.viewChanges,
    status.missing.map(bytesOfHex),
    status.replica,
  ];
}

function fieldsOfFetch(fetch: Fetch): readonly Cbor[] {
  switch (fetch.kind) {
    case 'body':
      return [bytesOfHex(fetch.digest)];
    case 'echo':
      return [fetch.incarnation];
    case 'root':
      return [fetch.sequence, bytesOfHex(fetch.digest)];
    case 'node':
      return [fetch.sequence, bytesOfHex(fetch.digest), fetch.level, fetch.index];
    case 'chunk':
      return [fetch.sequence, bytesOfHex(fetch.digest), fetch.index];
  }
}

function fieldsOfData(data: Data, nested: Nested): readonly Cbor[] {
  switch (data.kind) {
    case 'slot': {
      const { sequence, digest, batch, commits } = data;
      return [sequence, bytesOfHex(digest), batch.map(nested), commits.map(nested)];
    }
    case 'body':
      return [bytesOfHex(data.digest), data.batch.map(nested)];
    case 'echo':
      return [data.incarnation, data.messages.map(nested)];
    case 'root': {
      const { sequence, digest, executed, chunks, children } = data;
      return [sequence, bytesOfHex(digest), executed, chunks, children.map(bytesOfHex)];
    }
    case 'node': {
      const { sequence, digest, level, index, children } = data;
      return [sequence, bytesOfHex(digest), level, index, children.map(bytesOfHex)];
    }
    case 'chunk':
      return [data.sequence, bytesOfHex(data.digest), data.index, data.items];
  }
}

/** A signed message: its body, its signer, its 64 bytes of signature. */
export function wireOfSigned(signed: Signed<Message>): Cbor {
  assert(isHex(signed.signature, 64), `what leaves is signed, not '${signed.signature}'`);
  return [wireOf(signed.body), signed.signer, bytesOfHex(signed.signature)];
}

/** The requests of a batch, each with its client's signature. */
export function wireOfBatch(batch: Batch): Cbor {
  return batch.map(wireOfSigned);
}
