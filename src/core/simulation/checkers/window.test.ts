import { describe, expect, it } from 'vitest';

import type { Happening } from '#core/simulation/trace.ts';

import { a, findingsIn, findingsInside, violation } from './hand-made-trace.ts';
import { windowBounds } from './window.ts';

function prePrepared(sequence: number): Happening {
  return { type: 'pre-prepared', view: 0, sequence, digest: a };
}

const stable: Happening = { type: 'stable', sequence: 8, digest: a, signers: [0, 1, 2] };

describe('window', () => {
  it.each([8, 25])('[I11] finds %i logged outside (8, 24]', (sequence) => {
    expect(
      findingsIn(windowBounds(), [
        [1, stable],
        [1, prePrepared(sequence)],
      ]),
    ).toMatchObject([violation('window', { sequence, evidence: [1] })]);
  });

  it.each([9, 24])('[I11] allows %i in (8, 24]', (sequence) => {
    expect(
      findingsIn(windowBounds(), [
        [1, stable],
        [1, prePrepared(sequence)],
      ]),
    ).toEqual([]);
  });

  it('[I11] finds a slot below the low watermark in a replica', () => {
    const slot = { view: 0, sequence: 8, operations: [], prepares: [], commits: [] };
    const inspection = {
      id: 1,
      lowWatermark: 8,
      highWatermark: 24,
      slots: [{ ...slot, state: 'executed' as const }],
    };

    expect(findingsInside(windowBounds(), [], inspection)).toMatchObject([
      violation('window', { sequence: 8, evidence: [] }),
    ]);
  });
});
