import { describe, expect, it } from 'vitest';

import { KeyRing } from './key-ring.ts';

const bytes = Uint8Array.of(1, 2, 3);

describe('key ring', () => {
  it('signs so that every member of the same cluster verifies', async () => {
    const mine = await KeyRing.create(7, [0, 1, 'c0'], [0]);
    const theirs = await KeyRing.create(7, [0, 1, 'c0'], ['c0']);
    const signature = await mine.sign(0, bytes);

    expect(signature).toMatch(/^[0-9a-f]{128}$/);
    expect(await theirs.verify(0, bytes, signature)).toBe(true);
    expect(await theirs.verify(0, bytes, signature)).toBe(true);
  });

  it('makes one signature for one message: Ed25519 is deterministic', async () => {
    const one = await KeyRing.create(7, [0], [0]);
    const other = await KeyRing.create(7, [0], [0]);

    expect(await one.sign(0, bytes)).toBe(await other.sign(0, bytes));
  });

  it.each([
    { why: 'another signer', signer: 1, over: bytes, seed: 7 },
    { why: 'other bytes', signer: 0, over: Uint8Array.of(1, 2, 4), seed: 7 },
    { why: 'another seed', signer: 0, over: bytes, seed: 8 },
    { why: 'nobody of the cluster', signer: 9, over: bytes, seed: 7 },
  ])('refuses a signature of $why', async ({ signer, over, seed }) => {
    const mine = await KeyRing.create(7, [0, 1], [0]);
    const theirs = await KeyRing.create(seed, [0, 1], [1]);

    expect(await theirs.verify(signer, over, await mine.sign(0, bytes))).toBe(false);
  });

  it('refuses what is no signature at all', async () => {
    const ring = await KeyRing.create(7, [0], [0]);

    expect(await ring.verify(0, bytes, 'own')).toBe(false);
    expect(await ring.verify(0, bytes, 'ff'.repeat(64))).toBe(false);
  });

  it('does not sign for another', async () => {
    const ring = await KeyRing.create(7, [0, 1], [0]);

    await expect(ring.sign(1, bytes)).rejects.toThrow('holds the key of 1');
  });
});
