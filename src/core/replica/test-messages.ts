import { assert } from '#core/base/assert.ts';
import { encodePacket } from '#core/pbft/codec.ts';
import { type Configuration, defaults } from '#core/pbft/configuration.ts';
import { digestOfBatch } from '#core/pbft/digest.ts';
import type { Batch, Message, Packet, ProcessId, Request, Signed } from '#core/pbft/message.ts';
import { isSignedAs, own, processOfClient } from '#core/pbft/signed.ts';
import {
  clientId,
  type Digest,
  replicaId,
  sequenceNumber,
  timestamp,
  view,
} from '#core/pbft/terms.ts';

import type { ProcessInput } from './process.ts';
import { arrivalOf, signed } from './test-cluster.ts';

/** The cluster of the default configuration, as far as hand-made messages need it. */
export const c: Configuration = defaults;

/** A request of a client, signed by it. */
export function requestOf(client: number, at: number, operation: unknown): Signed<Request> {
  const body = {
    type: 'request',
    operation: JSON.stringify(operation),
    timestamp: timestamp(at),
    client: clientId(client),
  } as const;
  const packet = signed({ signed: own(body, processOfClient(body.client)) }, c);
  assert(isSignedAs(packet.signed, 'request'), 'a request stays a request');
  return packet.signed;
}

/** The batch that most tests are about, and its digest. */
export const batch: Batch = [requestOf(0, 1, { put: ['x', '1'] })];
export const digestOfIt: Digest = digestOfBatch(c, batch);

/** ⟨PRE-PREPARE, 0, n, d⟩ of primary 0. */
export function prePrepare(n = 1, requests: Batch = batch): Packet {
  const digest = digestOfBatch(c, requests);
  const body = { type: 'pre-prepare', view: view(0), sequence: sequenceNumber(n), digest } as const;
  return signed({ signed: own(body, 0), batch: requests }, c);
}

/** ⟨PREPARE or COMMIT, v, n, d, i⟩ */
export function vote(
  type: 'prepare' | 'commit',
  i: number,
  {
    v = 0,
    n = 1,
    digest = digestOfIt,
  }: { readonly v?: number; readonly n?: number; readonly digest?: Digest } = {},
): Packet {
  return said(i, {
    type,
    view: view(v),
    sequence: sequenceNumber(n),
    digest,
    replica: replicaId(i),
  });
}

/** ⟨CHECKPOINT, n, d, i⟩ */
export function checkpointOf(i: number, n: number, digest: Digest): Packet {
  return said(i, {
    type: 'checkpoint',
    sequence: sequenceNumber(n),
    digest,
    replica: replicaId(i),
  });
}

/** A body signed by a process. */
export function said(signer: ProcessId, body: Message): Packet {
  return signed({ signed: own(body, signer) }, c);
}

/** The input that a host makes of a packet. */
export function delivered(packet: Packet, from: ProcessId = packet.signed.signer): ProcessInput {
  return { type: 'deliver', from, arrival: arrivalOf(encodePacket(packet, c), c) };
}
