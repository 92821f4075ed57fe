import { assert } from '#core/base/assert.ts';
import type { Cbor } from '#core/base/cbor.ts';
import { bytesOfHex, isHex } from '#core/base/hex.ts';

import type { Batch, Message, Signed } from './message.ts';

/** A body as it is signed and sent: an array that begins with its type, its fields in the order of the paper. */
export function wireOf(body: Message): Cbor {
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
    case 'status':
      return [
        body.type,
        body.view,
        body.phase,
        body.lowWatermark,
        body.lastExecuted,
        body.prePrepared,
        body.prepared,
        body.committed,
        body.replica,
      ];
    case 'data':
      return [
        body.type,
        body.sequence,
        bytesOfHex(body.digest),
        wireOfBatch(body.batch),
        body.commits.map(wireOfSigned),
        body.replica,
      ];
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
