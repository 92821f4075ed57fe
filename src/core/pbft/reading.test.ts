import { describe, expect, it } from 'vitest';

import { encode } from '#core/base/cbor-encoding.ts';
import type { Cbor } from '#core/base/cbor.ts';
import { isCbor } from '#core/base/cbor.ts';
import { bytesOfHex } from '#core/base/hex.ts';

import { decodePacket, encodePacket } from './codec.ts';
import { configurationDigest } from './configuration.ts';
import type { Packet, StateItem } from './message.ts';
import type { Rejection } from './rejection.ts';
import {
  commitFrom,
  dataFrom,
  digestOf,
  prePrepareFrom,
  prepareFrom,
  replyFrom,
  requestFrom,
  sample,
  signedBy,
  statusFrom,
} from './sample-messages.ts';
import { samplePackets } from './sample-packets.ts';
import { newViewFrom, proofOf, viewChangeFrom } from './sample-view-change.ts';
import { replicaId, sequenceNumber } from './terms.ts';
import { wireOf, wireOfSigned } from './wire.ts';

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
const badKinds: readonly Cbor[] = [null, 1, '', 'all', [], 'constructor'];

/** For each type, for each field after the type, values that it cannot have. */
const impossible: Readonly<Record<string, readonly (readonly Cbor[])[]>> = {
  request: [badTexts, badNaturals, badNaturals],
  'pre-prepare': [badNaturals, badNaturals, badDigests],
  prepare: [badNaturals, badNaturals, badDigests, badNaturals],
  commit: [badNaturals, badNaturals, badDigests, badNaturals],
  reply: [badNaturals, badNaturals, badNaturals, badNaturals, badTexts],
  checkpoint: [badNaturals, badDigests, badNaturals],
  'view-change': [
    badNaturals,
    badNaturals,
    [...badLists, [1], [wireOfSigned(commitFrom(1))]],
    [
      ...badLists,
      [1],
      [[]],
      [[wireOfSigned(prePrepareFrom(0))]],
      [[wireOfSigned(prepareFrom(1)), []]],
      [[wireOfSigned(prePrepareFrom(0)), [wireOfSigned(commitFrom(1))]]],
    ],
    badNaturals,
  ],
  'new-view': [
    badNaturals,
    [...badLists, [1], [wireOfSigned(prePrepareFrom(0))]],
    [...badLists, [1], [wireOfSigned(prepareFrom(0))]],
  ],
  status: [
    badNaturals,
    [...badTexts, 'asleep', ''],
    badNaturals,
    badNaturals,
    [1, null, 'true', []],
    [...badLists, [-1], ['1']],
    [...badLists, [null]],
    [...badLists, [[]]],
    [...badLists, [-1], ['0']],
    [...badLists, [1], [digest.subarray(1)]],
    badNaturals,
  ],
  'fetch body': [badKinds, badDigests, badNaturals],
  'fetch echo': [badKinds, badNaturals, badNaturals],
  'fetch root': [badKinds, badNaturals, badDigests, badNaturals],
  'fetch node': [badKinds, badNaturals, badDigests, badNaturals, badNaturals, badNaturals],
  'fetch chunk': [badKinds, badNaturals, badDigests, badNaturals, badNaturals],
  'data slot': [
    badKinds,
    badNaturals,
    badDigests,
    [...badLists, [1], [[]], [wireOfSigned(commitFrom(1))]],
    [...badLists, [1], [wireOfSigned(prepareFrom(1))], [wireOfSigned(requestFrom(0, 1))]],
    badNaturals,
  ],
  'data body': [
    badKinds,
    badDigests,
    [...badLists, [1], [wireOfSigned(commitFrom(1))]],
    badNaturals,
  ],
  'data echo': [
    badKinds,
    badNaturals,
    [...badLists, [1], [wireOfSigned(replyFrom(1))], [wireOfSigned(requestFrom(0, 1))]],
    badNaturals,
  ],
  'data root': [
    badKinds,
    badNaturals,
    badDigests,
    badNaturals,
    badNaturals,
    [...badLists, [1]],
    badNaturals,
  ],
  'data node': [
    badKinds,
    badNaturals,
    badDigests,
    badNaturals,
    badNaturals,
    [...badLists, [1]],
    badNaturals,
  ],
  'data chunk': [
    badKinds,
    badNaturals,
    badDigests,
    badNaturals,
    [...badLists, [1], [[]], [['x']], [['x', 1]], [[0, 1]], [['0', 1, 'ok']], [[0, 1, 'ok', 1]]],
    badNaturals,
  ],
};

const cases = Object.entries(samplePackets).map(([type, packet]) => ({
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
    const others = Object.entries(samplePackets)
      .filter(([, { signed }]) => listOf(wireOf(signed.body)).length !== wire.length)
      .map(([, { signed }]) => signed.body.type)
      .filter((other) => other !== wire[0]);
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
      why: 'a chunk of 512 entries',
      packet: chunkOf(512),
      reason: 'accepted',
    },
    {
      why: 'a chunk of 513 entries',
      packet: chunkOf(513),
      reason: 'oversized',
    },
    {
      why: 'L proofs',
      packet: { signed: viewChangeFrom(0, { prepared: upTo(16).map(() => proofOf()) }) },
      reason: 'accepted',
    },
    {
      why: 'L + 1 proofs',
      packet: { signed: viewChangeFrom(0, { prepared: upTo(17).map(() => proofOf()) }) },
      reason: 'oversized',
    },
    {
      why: 'n view-changes',
      packet: { signed: newViewFrom(1, { viewChanges: upTo(4).map((i) => viewChangeFrom(i)) }) },
      reason: 'accepted',
    },
    {
      why: 'n + 1 view-changes',
      packet: { signed: newViewFrom(1, { viewChanges: upTo(5).map((i) => viewChangeFrom(i)) }) },
      reason: 'oversized',
    },
    {
      why: 'L headers',
      packet: { signed: newViewFrom(1, { prePrepares: upTo(16).map(() => prePrepareFrom(1)) }) },
      reason: 'accepted',
    },
    {
      why: 'L + 1 headers',
      packet: { signed: newViewFrom(1, { prePrepares: upTo(17).map(() => prePrepareFrom(1)) }) },
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

function chunkOf(count: number): Packet {
  const items = upTo(count).map((i): StateItem => [String(i), '']);
  const state = { sequence: sequenceNumber(8), digest: digestOf('5'), index: 0, items };
  return {
    signed: signedBy(1, { type: 'data', kind: 'chunk', ...state, replica: replicaId(1) }),
  };
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function listOf(value: Cbor): readonly Cbor[] {
  return Array.isArray(value) ? value.filter((item) => isCbor(item)) : [];
}
