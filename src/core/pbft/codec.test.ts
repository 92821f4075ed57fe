import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { encode } from '#core/base/cbor-encoding.ts';
import type { Cbor } from '#core/base/cbor.ts';
import { bytesOfHex, hex } from '#core/base/hex.ts';

import { decodePacket, encodePacket } from './codec.ts';
import { configurationDigest } from './configuration.ts';
import type { Packet } from './message.ts';
import { bounds, packetBytesMax } from './reading.ts';
import type { Rejection } from './rejection.ts';
import {
  checkpointFrom,
  commitFrom,
  digestOf,
  prePrepareFrom,
  prepareFrom,
  requestFrom,
  sample,
  sampleBatch,
  signedBy,
} from './sample-messages.ts';
import { samplePackets } from './sample-packets.ts';
import { viewChangeFrom } from './sample-view-change.ts';
import { digest as toDigest } from './terms.ts';
import { wireOf, wireOfBatch, wireOfSigned } from './wire.ts';

const packets: readonly Packet[] = [
  ...Object.values(samplePackets),
  { signed: prePrepareFrom(0) },
  { signed: prePrepareFrom(0), batch: [] },
];
const prefix = bytesOfHex(configurationDigest(sample));
const signature = new Uint8Array(64).fill(0xa1);

/** The bytes of a content that no encoder of ours would write. */
function packetOf(content: Cbor): Uint8Array {
  return Uint8Array.from([...prefix, ...encode(content)]);
}

function reasonOf(bytes: Uint8Array): Rejection | 'accepted' {
  const decoded = decodePacket(bytes, sample);
  return decoded.ok ? 'accepted' : decoded.reason;
}

describe('codec', () => {
  it.each(packets)('[N2] gives back $signed.body.type as it was', (packet) => {
    expect(decodePacket(encodePacket(packet, sample), sample)).toEqual({ ok: true, packet });
  });

  it('[N2] gives every packet its own bytes', () => {
    const encodings = packets.map((packet) => hex(encodePacket(packet, sample)));
    expect(new Set(encodings).size).toBe(packets.length);
  });

  it('[N2] gives back votes of any view, sequence number, digest and signer', () => {
    const natural = fc.oneof(fc.nat(300), fc.maxSafeNat());
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(natural, natural, bytes, natural, (view, sequence, digest, replica) => {
        const signed = commitFrom(replica, { view, sequence, digest: toDigest(hex(digest)) });
        const encoded = encodePacket({ signed }, sample);
        expect(decodePacket(encoded, sample)).toEqual({ ok: true, packet: { signed } });
      }),
    );
  });

  it('[N2] is what it always was', () => {
    expect(hex(encodePacket({ signed: prepareFrom(1, { digest: digestOf('d') }) }, sample))).toBe(
      `${configurationDigest(sample)}81` +
        `8385677072657061726500015820${'dd'.repeat(32)}01` +
        `015840${'a1'.repeat(64)}`,
    );
  });

  it('[N2] refuses to send what is not signed', () => {
    const signed = { ...prepareFrom(1), signature: 'own' };
    expect(() => encodePacket({ signed }, sample)).toThrow('what leaves is signed');
  });
});

describe('decoding', () => {
  it.each(packets)('[N2] refuses $signed.body.type cut short anywhere', (packet) => {
    const bytes = encodePacket(packet, sample);
    for (let length = 0; length < bytes.length; length++) {
      expect(reasonOf(bytes.subarray(0, length))).toBe('undecodable');
    }
  });

  it.each(packets)('[N2] refuses $signed.body.type with bytes after it', (packet) => {
    expect(reasonOf(Uint8Array.from([...encodePacket(packet, sample), 0]))).toBe('undecodable');
  });

  it.each(packets)(
    '[N2] refuses $signed.body.type with any bit flipped, or reads another packet',
    (packet) => {
      const original = encodePacket(packet, sample);
      // Of a long packet every seventh: all places of a byte come up.
      const stride = original.length > 300 ? 7 : 1;
      for (let bit = 0; bit < original.length * 8; bit += stride) {
        const bytes = original.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        const decoded = decodePacket(bytes, sample);
        // What is read encodes to exactly these bytes, so it is not the packet that was sent.
        const again = decoded.ok ? encodePacket(decoded.packet, sample) : bytes;
        expect(hex(again)).toBe(hex(bytes));
      }
    },
  );

  it('[N2] never fails on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(reasonOf(bytes)).not.toBe('accepted');
        expect(reasonOf(Uint8Array.from([...prefix, ...bytes]))).not.toBe('accepted');
      }),
    );
  });

  it('[N2] refuses a packet of another cluster', () => {
    const bytes = encodePacket({ signed: prepareFrom(1) }, { ...sample, seed: 2 });
    expect(decodePacket(bytes, sample)).toMatchObject({ ok: false, reason: 'wrong-cluster' });
  });

  it('[N2] calls bytes undecodable before it asks for their cluster', () => {
    expect(reasonOf(new Uint8Array(40).fill(0xff))).toBe('undecodable');
  });

  it.each<{ why: string; bytes: Uint8Array; reason: Rejection }>([
    { why: 'nothing', bytes: new Uint8Array(), reason: 'undecodable' },
    { why: 'a prefix alone', bytes: prefix, reason: 'undecodable' },
    {
      why: 'too many bytes',
      bytes: new Uint8Array(packetBytesMax(sample) + 1),
      reason: 'oversized',
    },
    { why: 'too deep a nesting', bytes: packetOf([[[[[[[[[[[[[]]]]]]]]]]]]]), reason: 'oversized' },
    { why: 'no array', bytes: packetOf('prepare'), reason: 'undecodable' },
    { why: 'an empty array', bytes: packetOf([]), reason: 'undecodable' },
    { why: 'three parts', bytes: packetOf([1, 2, 3]), reason: 'undecodable' },
    { why: 'no signed message', bytes: packetOf([1]), reason: 'undecodable' },
    {
      why: 'a batch beside a commit',
      bytes: packetOf([wireOfSigned(commitFrom(1)), wireOfBatch(sampleBatch)]),
      reason: 'undecodable',
    },
    {
      why: 'something else in a batch',
      bytes: packetOf([wireOfSigned(prePrepareFrom(0)), [wireOfSigned(commitFrom(1))]]),
      reason: 'undecodable',
    },
    {
      why: 'null for a batch',
      bytes: packetOf([wireOfSigned(prePrepareFrom(0)), null]),
      reason: 'undecodable',
    },
    {
      why: 'a batch beyond every limit',
      bytes: packetOf([
        wireOfSigned(prePrepareFrom(0)),
        wireOfBatch(Array.from({ length: 129 }, (_, i) => requestFrom(0, i))),
      ]),
      reason: 'oversized',
    },
    {
      why: 'an array in its long form',
      bytes: Uint8Array.from([...prefix, 0x98, 1, ...encode(wireOfSigned(commitFrom(1)))]),
      reason: 'non-canonical',
    },
    {
      why: 'a float for a view',
      bytes: replaced(
        encodePacket({ signed: commitFrom(1) }, sample),
        '66636f6d6d697400',
        '66636f6d6d6974f90000',
      ),
      reason: 'non-canonical',
    },
  ])('[N2] refuses $why', ({ bytes, reason }) => {
    expect(reasonOf(bytes)).toBe(reason);
  });

  it.each<{ why: string; signed: readonly Cbor[] }>([
    { why: 'a negative signer', signed: [wireOf(commitFrom(1).body), -1, signature] },
    { why: 'a signer of no form', signed: [wireOf(commitFrom(1).body), 'x1', signature] },
    { why: 'a client with a leading zero', signed: [wireOf(commitFrom(1).body), 'c01', signature] },
    { why: 'null for a signer', signed: [wireOf(commitFrom(1).body), null, signature] },
    { why: 'a short signature', signed: [wireOf(commitFrom(1).body), 1, signature.subarray(1)] },
    { why: 'a text for a signature', signed: [wireOf(commitFrom(1).body), 1, 'a1'.repeat(64)] },
    { why: 'no signature', signed: [wireOf(commitFrom(1).body), 1] },
    { why: 'one part more', signed: [wireOf(commitFrom(1).body), 1, signature, 1] },
    { why: 'no body', signed: [null, 1, signature] },
    { why: 'a type that does not exist', signed: [['view-changed', 1], 1, signature] },
    { why: 'a type of the prototype', signed: [['constructor', 1], 1, signature] },
    { why: 'a number for a type', signed: [[1, 1], 1, signature] },
  ])('[N2] refuses a signed message with $why', ({ signed }) => {
    expect(reasonOf(packetOf([signed]))).toBe('undecodable');
  });
});

describe('the largest packet', () => {
  it.each([
    { n: 4, logSize: 16 },
    { n: 4, logSize: 256 },
    { n: 13, logSize: 256 },
  ])('[N2] has room for a NEW-VIEW of $n replicas and $logSize places', ({ n, logSize }) => {
    const c = { ...sample, n, f: Math.floor((n - 1) / 3), logSize };
    const large = Number.MAX_SAFE_INTEGER;
    const replicas = Array.from({ length: n }, (_, i) => i);
    const places = Array.from({ length: logSize }, () => 0);
    const viewChange = encodePacket(
      {
        signed: viewChangeFrom(large, {
          nextView: large,
          stable: large,
          checkpoints: replicas.map(() => checkpointFrom(large, { sequence: large })),
          prepared: places.map(() => ({
            prePrepare: prePrepareFrom(large, { view: large, sequence: large }),
            prepares: replicas.map(() => prepareFrom(large, { view: large, sequence: large })),
          })),
        }),
      },
      c,
    );
    const prePrepares = logSize * 256;
    expect(n * viewChange.length + prePrepares).toBeLessThan(packetBytesMax(c) * 1.1);
    expect(decodePacket(viewChange, c).ok).toBe(true);
    expect(packetBytesMax(c)).toBeGreaterThanOrEqual(bounds.packetBytes);
  });
});

describe('natural numbers', () => {
  it.each([2 ** 53, 2 ** 63])('[N2] a view of %d is no view', (view) => {
    const bytes = encodePacket({ signed: signedBy(1, commitFrom(1).body) }, sample);
    const head = '66636f6d6d6974';
    const long = `1b${BigInt(view).toString(16).padStart(16, '0')}`;
    expect(reasonOf(replaced(bytes, `${head}00`, `${head}${long}`))).toBe('undecodable');
  });
});

function replaced(bytes: Uint8Array, part: string, other: string): Uint8Array {
  return bytesOfHex(hex(bytes).replace(part, other));
}
