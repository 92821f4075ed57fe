import { describe, expect, it } from 'vitest';

import type { Checkpoint, Signed } from './message.ts';
import { checkpointFrom, digestOf, sample } from './sample-messages.ts';
import { mayInstall, stableFrom, transferTarget } from './state-transfer.ts';
import { sequenceNumber } from './terms.ts';

type Claims = readonly Signed<Checkpoint>[];

const at = (sequence: number, ...replicas: readonly number[]): Claims =>
  replicas.map((i) => checkpointFrom(i, { sequence }));
const lies = (sequence: number, ...replicas: readonly number[]): Claims =>
  replicas.map((i) => checkpointFrom(i, { sequence, digest: digestOf('f') }));

describe('the state to fetch', () => {
  it.each<{
    why: string;
    claims: Claims;
    above?: number;
    target?: { readonly sequence: number; readonly stable: boolean };
  }>([
    { why: 'nobody claims any', claims: [] },
    { why: 'f claim one', claims: at(80, 2) },
    { why: 'f + 1 claim one', claims: at(80, 2, 3), target: { sequence: 80, stable: false } },
    { why: 'Q claim one', claims: at(80, 0, 2, 3), target: { sequence: 80, stable: true } },
    { why: 'f + 1 claim different digests', claims: [...at(80, 2), ...lies(80, 3)] },
    { why: 'one claims it twice', claims: at(80, 2, 2) },
    { why: 'one claims it in two names', claims: [checkpointFrom(2, { signer: 3 }), ...at(8, 3)] },
    { why: 'clients claim it', claims: at(80, 4, 5) },
    {
      why: 'Q claim one, f + 1 a later one in its window',
      claims: [...at(80, 0, 2, 3), ...at(96, 2, 3)],
      target: { sequence: 80, stable: true },
    },
    {
      why: 'Q claim one, f + 1 a later one beyond its window',
      claims: [...at(80, 0, 2, 3), ...at(104, 2, 3)],
      target: { sequence: 104, stable: false },
    },
    {
      why: 'Q claim one, f a later one',
      claims: [...at(80, 0, 2, 3), ...at(10_000, 3)],
      target: { sequence: 80, stable: true },
    },
    {
      why: 'Q claim two',
      claims: [...at(80, 0, 2, 3), ...at(88, 0, 2, 3)],
      target: { sequence: 88, stable: true },
    },
    { why: 'it is here already', claims: at(80, 0, 2, 3), above: 80 },
    {
      why: 'only the later is missing here',
      claims: [...at(80, 0, 2, 3), ...at(88, 2, 3)],
      above: 80,
      target: { sequence: 88, stable: false },
    },
    {
      why: 'a liar disagrees',
      claims: [...lies(80, 1), ...at(80, 0, 2, 3)],
      target: { sequence: 80, stable: true },
    },
  ])('[S3] when $why: $target', ({ claims, above = 0, target }) => {
    for (const order of [claims, claims.toReversed()]) {
      const found = transferTarget(sample, sequenceNumber(above), order);
      const { sequence, digest, stable } = found ?? {};
      expect(found && { sequence, digest, stable }).toEqual(
        target && { ...target, digest: digestOf('c') },
      );
    }
  });

  it('[S3] comes with its proof: Q CHECKPOINTs, or f + 1', () => {
    const stable = transferTarget(sample, sequenceNumber(0), at(8, 0, 1, 2, 3));
    expect(stable?.checkpoints).toEqual(at(8, 0, 1, 2));
    expect(stable && stableFrom(stable)).toEqual({
      sequence: 8,
      digest: digestOf('c'),
      checkpoints: at(8, 0, 1, 2),
    });
    const weak = transferTarget(sample, sequenceNumber(0), at(8, 2, 3));
    expect(weak?.checkpoints).toEqual(at(8, 2, 3));
    expect(weak && stableFrom(weak)).toBeUndefined();
  });
});

describe('installing', () => {
  it.each([
    { executed: 7, corrupt: false, may: true },
    { executed: 8, corrupt: false, may: false },
    { executed: 9, corrupt: false, may: false },
    { executed: 8, corrupt: true, may: true },
    { executed: 9, corrupt: true, may: true },
  ])('[S4] state 8 after executing $executed, corrupt $corrupt: $may', (one) => {
    const standing = { lastExecuted: sequenceNumber(one.executed) };
    expect(mayInstall(standing, { sequence: sequenceNumber(8) }, one.corrupt)).toBe(one.may);
  });
});
