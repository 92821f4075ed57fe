import { assert } from '#core/base/assert.ts';

/** What is sent, in the order of the path: each stands for the message of the protocol with its name. */
const bareKinds = ['request', 'pre-prepare', 'prepare', 'commit', 'reply'] as const;

export type BareKind = (typeof bareKinds)[number];

/** A message without meaning: as long as the one that it stands for, with a signature over it. */
export interface BareMessage {
  readonly kind: BareKind;
  /** Which batch; of requests and replies which operation of the client. */
  readonly place: number;
  /** As long as it is on the wire, signature included. */
  readonly bytes: Uint8Array;
}

/** Of an Ed25519 signature. */
const SIGNATURE_BYTES = 64;

/** What messages of the protocol take on the wire, without a batch. */
const wireBytes: Readonly<Record<BareKind, number>> = {
  request: 143,
  'pre-prepare': 150,
  prepare: 150,
  commit: 146,
  reply: 118,
};

/** A message whose signature is still to be written. `carried`: requests that are in it whole. */
export function bareMessage(
  kind: BareKind,
  place: number,
  carried: readonly Uint8Array[] = [],
): Uint8Array {
  const size = carried.reduce((sum, { length }) => sum + length, wireBytes[kind]);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, bareKinds.indexOf(kind));
  view.setUint32(1, place);
  let at = wireBytes[kind];
  for (const one of carried) {
    bytes.set(one, at);
    at += one.length;
  }
  return bytes;
}

/** Reads what `bareMessage` has made. */
export function readBare(bytes: Uint8Array): BareMessage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = bareKinds[view.getUint8(0)];
  assert(kind !== undefined, 'a message is of a kind');
  return { kind, place: view.getUint32(1), bytes };
}

/** What is signed. */
export function signedPart({ kind, bytes }: BareMessage): Uint8Array {
  return bytes.subarray(0, wireBytes[kind] - SIGNATURE_BYTES);
}

/** Where the signature is. */
export function signaturePart({ kind, bytes }: BareMessage): Uint8Array {
  return bytes.subarray(wireBytes[kind] - SIGNATURE_BYTES, wireBytes[kind]);
}

/** The requests that a pre-prepare carries. */
export function carriedIn({ kind, bytes }: BareMessage): readonly Uint8Array[] {
  const carried: Uint8Array[] = [];
  for (let at = wireBytes[kind]; at < bytes.length; at += wireBytes.request)
    carried.push(bytes.subarray(at, at + wireBytes.request));
  return carried;
}
