import { describe, expect, it } from 'vitest';

import type { Cbor } from '#core/base/cbor.ts';
import { encode, isCbor } from '#core/base/cbor.ts';
import { bytesOfHex } from '#core/base/hex.ts';

import { decodePacket, encodePacket } from './codec.ts';
import { configurationDigest } from './configuration.ts';
import type { MessageType, Packet } from './message.ts';
import type { Rejection } from './rejection.ts';
import {
  checkpointFrom,
  commitFrom,
  dataFrom,
  prePrepareFrom,
  prepareFrom,
  replyFrom,
  requestFrom,
  sample,
  statusFrom,
} from './sample-messages.ts';
import { wireOf, wireOfSigned } from './wire.ts';

const samples: Readonly<Record<MessageType, Packet>> = {
  request: { signed: requestFrom(0, 7) },
  'pre-prepare': { signed: prePrepareFrom(0) },
  prepare: { signed: prepareFrom(1) },
  commit: { signed: commitFrom(3) },
  reply: { signed: replyFrom(2) },
  checkpoint: { signed: checkpointFrom(1) },
  status: { signed: statusFrom(2, { prePrepared: [1, 2], prepared: [1], committed: [1] }) },
  data: { signed: dataFrom(1) },
};
const signature = new Uint8Array(64).fill(0xa1);
const digest = new Uint8Array(32).fill(0xd1);

function reasonOf(bytes: Uint8Array): Rejection | 'accepted' {
  const decoded = decodePacket(bytes, sample);
  return decoded.ok ? 'accepted' : decoded.reason;
}

/** The bytes of a content that no encoder of ours would write. */
function packetOf(content: Cbor): Uint8Array {
  return Uint8Array.from([...bytesOfHex(configurationDigest(sample)), ...encode(content)]);
}

const badNaturals: readonly Cbor[] = [-1, '1', null, true, [1], digest];
const badTexts: readonly Cbor[] = [1, null, [], digest];
const badDigests: readonly Cbor[] = [
  'd1'.repeat(32),
  1,
  null,
  digest.subarray(1),
  new Uint8Array(33),
];
const badLists: readonly Cbor[] = [null, 1, '1', digest];

/** For each type, for each field after the type, values that it cannot have. */
const impossible: Readonly<Record<MessageType, readonly (readonly Cbor[])[]>> = {
  request: [badTexts, badNaturals, badNaturals],
  'pre-prepare': [badNaturals, badNaturals, badDigests],
  prepare: [badNaturals, badNaturals, badDigests, badNaturals],
  commit: [badNaturals, badNaturals, badDigests, badNaturals],
  reply: [badNaturals, badNaturals, badNaturals, badNaturals, badTexts],
  checkpoint: [badNaturals, badDigests, badNaturals],
  status: [
    badNaturals,
    [...badTexts, 'asleep', ''],
    badNaturals,
    badNaturals,
    [...badLists, [-1], ['1']],
    [...badLists, [null]],
    [...badLists, [[]]],
    badNaturals,
  ],
  data: [
    badNaturals,
    badDigests,
    [...badLists, [1], [[]], [wireOfSigned(commitFrom(1))]],
    [...badLists, [1], [wireOfSigned(prepareFrom(1))], [wireOfSigned(requestFrom(0, 1))]],
    badNaturals,
  ],
};

const cases = Object.entries(samples).map(([type, packet]) => ({
  type,
  wire: listOf(wireOf(packet.signed.body)),
  impossible: Object.entries(impossible).find(([name]) => name === type)?.[1] ?? [],
}));

describe.each(cases)('the fields of $type', ({ type, wire, impossible }) => {
  const reasonOfBody = (body: Cbor): Rejection | 'accepted' =>
    reasonOf(packetOf([[body, type === 'request' ? 'c0' : 1, signature]]));

  it('[N2] are all listed here', () => {
    expect(impossible.length).toBe(wire.length - 1);
    expect(reasonOfBody(wire)).toBe('accepted');
  });

  it('[N2] are all there, and no other', () => {
    for (let i = 0; i < wire.length; i++) {
      expect(reasonOfBody(wire.toSpliced(i, 1))).toBe('undecodable');
    }
    expect(reasonOfBody([...wire, 0])).toBe('undecodable');
  });

  it('[N2] are of their type and in their range', () => {
    for (const [i, values] of impossible.entries()) {
      for (const value of values) {
        expect(reasonOfBody(wire.with(i + 1, value)), `field ${i + 1}`).toBe('undecodable');
      }
    }
  });

  it('[N2] mean nothing under the tag of a type with other fields', () => {
    const others = Object.entries(samples)
      .filter(([, { signed }]) => listOf(wireOf(signed.body)).length !== wire.length)
      .map(([other]) => other);
    for (const other of others) expect(reasonOfBody(wire.with(0, other))).toBe('undecodable');
  });
});

describe('bounds', () => {
  it.each<{ why: string; packet: Packet; reason: Rejection | 'accepted' }>([
    {
      why: 'an operation of 4096 bytes',
      packet: { signed: requestFrom(0, 1, 'x'.repeat(4096)) },
      reason: 'accepted',
    },
    {
      why: 'an operation of 4097 bytes',
      packet: { signed: requestFrom(0, 1, 'x'.repeat(4097)) },
      reason: 'oversized',
    },
    {
      why: 'an operation of 2049 letters of two bytes',
      packet: { signed: requestFrom(0, 1, 'ü'.repeat(2049)) },
      reason: 'oversized',
    },
    {
      why: 'a result of 8192 bytes',
      packet: { signed: replyFrom(0, { result: 'x'.repeat(8192) }) },
      reason: 'accepted',
    },
    {
      why: 'a result of 8193 bytes',
      packet: { signed: replyFrom(0, { result: 'x'.repeat(8193) }) },
      reason: 'oversized',
    },
    {
      why: 'a status of L numbers',
      packet: { signed: statusFrom(0, { prepared: upTo(16) }) },
      reason: 'accepted',
    },
    {
      why: 'a status of L + 1 numbers',
      packet: { signed: statusFrom(0, { prepared: upTo(17) }) },
      reason: 'oversized',
    },
    {
      why: 'n commits',
      packet: { signed: dataFrom(0, { commits: upTo(4).map((i) => commitFrom(i)) }) },
      reason: 'accepted',
    },
    {
      why: 'n + 1 commits',
      packet: { signed: dataFrom(0, { commits: upTo(5).map((i) => commitFrom(i)) }) },
      reason: 'oversized',
    },
    {
      why: 'the largest batch there is',
      packet: {
        signed: prePrepareFrom(0),
        batch: Array.from({ length: 128 }, () =>
          requestFrom(0, Number.MAX_SAFE_INTEGER, 'x'.repeat(4096)),
        ),
      },
      reason: 'accepted',
    },
  ])('[N2] $why: $reason', ({ packet, reason }) => {
    expect(reasonOf(encodePacket(packet, sample))).toBe(reason);
  });
});

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function listOf(value: Cbor): readonly Cbor[] {
  return Array.isArray(value) ? value.filter((item) => isCbor(item)) : [];
}
