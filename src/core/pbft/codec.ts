import { encode } from '#core/base/cbor-encoding.ts';
import type { Cbor } from '#core/base/cbor.ts';
import { decode, sameBytes } from '#core/base/cbor.ts';

import { readBatch } from './agreement-reading.ts';
import { readSigned } from './body-reading.ts';
import type { Configuration } from './configuration.ts';
import { configurationBytes } from './configuration.ts';
import type { Packet } from './message.ts';
import { MalformedMessage, bounds, fieldsOf, isList, packetBytesMax } from './reading.ts';
import type { Rejection } from './rejection.ts';
import { wireOfBatch, wireOfSigned } from './wire.ts';

/** What `decodePacket` made of bytes. */
export type DecodedPacket =
  | { readonly ok: true; readonly packet: Packet }
  | { readonly ok: false; readonly reason: Rejection; readonly detail: string };

const prefixBytes = 32;

/**
 * The one encoding of a packet: the digest of the cluster's configuration, then deterministic CBOR of the
 * signed message and, beside a PRE-PREPARE that has one, its batch. Every signature must have been made.
 */
export function encodePacket(packet: Packet, c: Configuration): Uint8Array {
  const signed = wireOfSigned(packet.signed);
  const content = encode(packet.batch ? [signed, wireOfBatch(packet.batch)] : [signed]);
  const bytes = new Uint8Array(prefixBytes + content.length);
  bytes.set(configurationBytes(c));
  bytes.set(content, prefixBytes);
  return bytes;
}

/** The packet that `bytes` encode, or why they encode none. Says nothing about signatures or meaning. */
export function decodePacket(bytes: Uint8Array, c: Configuration): DecodedPacket {
  const allowed = packetBytesMax(c);
  if (bytes.length > allowed) {
    return refusal('oversized', `${bytes.length} bytes, ${allowed} are allowed`);
  }
  if (bytes.length <= prefixBytes) return refusal('undecodable', 'shorter than its prefix');
  const content = decode(bytes.subarray(prefixBytes), {
    bytes: allowed,
    nesting: bounds.nesting,
  });
  if (!content.ok) return refusal(content.problem, content.detail);
  let packet: Packet;
  try {
    packet = readPacket(content.value, c);
  } catch (error) {
    if (error instanceof MalformedMessage) return refusal(error.reason, error.message);
    throw error;
  }
  if (!sameBytes(bytes.subarray(0, prefixBytes), configurationBytes(c))) {
    return refusal('wrong-cluster', 'the prefix is the digest of another configuration');
  }
  return { ok: true, packet };
}

function readPacket(value: Cbor, c: Configuration): Packet {
  const count = isList(value) && value.length === 2 ? 2 : 1;
  const [first, second] = fieldsOf('packet', value, count);
  const signed = readSigned(first, c);
  if (count === 1) return { signed };
  if (signed.body.type !== 'pre-prepare') {
    throw new MalformedMessage('undecodable', 'only a pre-prepare has a batch beside it');
  }
  return { signed, batch: readBatch(second) };
}

function refusal(reason: Rejection, detail: string): DecodedPacket {
  return { ok: false, reason, detail };
}
