import { describe, expect, it } from 'vitest';

import { checkpointFrom, digestOf, sample, standingOf } from './sample-messages.ts';
import type { StableCheckpoint } from './stable-checkpoint.ts';
import {
  digestAgainst,
  isCheckpointSequence,
  isFarBehind,
  stableCheckpoint,
  stableCheckpointRejection,
} from './stable-checkpoint.ts';
import { sequenceNumber } from './terms.ts';

const other = digestOf('e');
const own = checkpointFrom(1);
const stable: StableCheckpoint = {
  sequence: own.body.sequence,
  digest: own.body.digest,
  checkpoints: [own, checkpointFrom(0), checkpointFrom(2)],
};

describe('checkpoint', () => {
  it.each([
    { sequence: 0, is: false },
    { sequence: 7, is: false },
    { sequence: 8, is: true },
    { sequence: 9, is: false },
    { sequence: 16, is: true },
  ])('[N22] after $sequence: $is', ({ sequence, is }) => {
    expect(isCheckpointSequence(sample, sequenceNumber(sequence))).toBe(is);
  });
});

describe('stable checkpoint', () => {
  it('[N22] takes Q equal ones, the own included', () => {
    expect(stableCheckpoint(sample, own, [checkpointFrom(0), checkpointFrom(2)])).toEqual(stable);
  });

  it('[N22] counts the own once, also when it is among the others', () => {
    expect(stableCheckpoint(sample, own, [own, checkpointFrom(0)])).toBeUndefined();
    expect(stableCheckpoint(sample, own, [checkpointFrom(0), own, checkpointFrom(2)])).toEqual(
      stable,
    );
  });

  it.each([
    { why: 'there is one too few', others: [checkpointFrom(0)] },
    { why: 'one replica speaks twice', others: [checkpointFrom(0), checkpointFrom(0)] },
    { why: 'a state differs', others: [checkpointFrom(0), checkpointFrom(2, { digest: other })] },
    {
      why: 'a sequence number differs',
      others: [checkpointFrom(0), checkpointFrom(2, { sequence: 16 })],
    },
    { why: 'one is no member', others: [checkpointFrom(0), checkpointFrom(4)] },
    {
      why: 'the others agree on another state',
      others: [0, 2, 3].map((i) => checkpointFrom(i, { digest: other })),
    },
  ])('[N22] is missing when $why', ({ others }) => {
    expect(stableCheckpoint(sample, own, others)).toBeUndefined();
  });

  it('[N22] is not hindered by a lie that comes first', () => {
    const others = [checkpointFrom(3, { digest: other }), checkpointFrom(0), checkpointFrom(2)];
    expect(stableCheckpoint(sample, own, others)).toEqual(stable);
  });

  it('[N22] of a cluster of one is its own', () => {
    const alone = checkpointFrom(0);
    expect(stableCheckpoint({ ...sample, n: 1, f: 0 }, alone, [])?.checkpoints).toEqual([alone]);
  });

  it.each<{ why: string; certificate: StableCheckpoint }>([
    { why: 'it lacks one', certificate: { ...stable, checkpoints: stable.checkpoints.slice(1) } },
    {
      why: 'one stands twice',
      certificate: { ...stable, checkpoints: [own, own, checkpointFrom(0)] },
    },
    {
      why: 'one too many differs',
      certificate: {
        ...stable,
        checkpoints: [...stable.checkpoints, checkpointFrom(3, { digest: other })],
      },
    },
    { why: 'it names another state', certificate: { ...stable, digest: other } },
  ])('[N22] as stored falls when $why', ({ certificate }) => {
    expect(stableCheckpointRejection(sample, certificate)).toBe('bad-certificate');
  });

  it('[N22] as stored stands, and only where checkpoints are', () => {
    expect(stableCheckpointRejection(sample, stable)).toBeUndefined();
    const between = { ...stable, sequence: sequenceNumber(9) };
    expect(stableCheckpointRejection(sample, between)).toBe('not-a-checkpoint');
  });
});

describe('digest against the own', () => {
  it('[N22] is what Q others agree on', () => {
    const others = [0, 2, 3].map((i) => checkpointFrom(i, { digest: other }));
    expect(digestAgainst(sample, own, others)).toBe(other);
  });

  it.each([
    { why: 'they are too few', others: [0, 2].map((i) => checkpointFrom(i, { digest: other })) },
    { why: 'they agree with me', others: [0, 2, 3].map((i) => checkpointFrom(i)) },
    {
      why: 'they speak of another sequence number',
      others: [0, 2, 3].map((i) => checkpointFrom(i, { digest: other, sequence: 16 })),
    },
    {
      why: 'one speaks thrice',
      others: [0, 0, 0].map((i) => checkpointFrom(i, { digest: other })),
    },
  ])('[N22] is missing when $why', ({ others }) => {
    expect(digestAgainst(sample, own, others)).toBeUndefined();
  });
});

describe('far behind', () => {
  it.each([
    {
      why: 'f + 1 claim to be above H',
      claims: [checkpointFrom(0, { sequence: 24 }), checkpointFrom(2, { sequence: 800 })],
      is: true,
    },
    {
      why: 'f claim to be above H',
      claims: [checkpointFrom(0, { sequence: 8_000_000 })],
      is: false,
    },
    {
      why: 'one claims twice',
      claims: [checkpointFrom(0, { sequence: 24 }), checkpointFrom(0, { sequence: 32 })],
      is: false,
    },
    {
      why: 'one is at H',
      claims: [checkpointFrom(0, { sequence: 24 }), checkpointFrom(2, { sequence: 16 })],
      is: false,
    },
  ])('[N22] when $why: $is', ({ claims, is }) => {
    expect(isFarBehind(standingOf(1), claims)).toBe(is);
  });
});
