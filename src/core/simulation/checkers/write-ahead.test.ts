import { describe, expect, it } from 'vitest';

import type { Happening } from '#core/simulation/trace.ts';

import { a, b, findingsIn, findingsInside, sent, violation } from './hand-made-trace.ts';
import { writeAhead } from './write-ahead.ts';

const timer: Happening = { type: 'timer' };
const prepare = sent({ kind: 'prepare', signer: 1 });

function persisted(turn: number): Happening {
  return { type: 'persisted', turn };
}

describe('write-ahead', () => {
  it('[I12] finds a vote that leaves before the record of its turn is durable', () => {
    expect(
      findingsIn(writeAhead(), [
        [1, timer],
        [1, prepare],
        [1, persisted(1)],
      ]),
    ).toMatchObject([violation('write-ahead', { sequence: 1, evidence: [0, 1] })]);
  });

  it('[I12] finds a vote of a turn that is never written', () => {
    const trace = [
      [1, timer],
      [1, persisted(1)],
      [1, timer, 'lost'],
      [1, prepare],
    ] as const;

    expect(findingsIn(writeAhead(), trace)).toMatchObject([
      violation('write-ahead', { sequence: 1, evidence: [2, 3] }),
    ]);
  });

  it('[I12] allows a vote after its record, and messages that are no votes at any time', () => {
    const status = sent({ kind: 'status', signer: 1 });

    expect(
      findingsIn(writeAhead(), [
        [1, timer],
        [1, status],
        [1, persisted(1)],
        [1, prepare],
      ]),
    ).toEqual([]);
  });

  it('[I12] finds a disk that forgot a turn: its number is given again', () => {
    expect(
      findingsIn(writeAhead(), [
        [1, persisted(1)],
        [1, persisted(2)],
        [1, persisted(2)],
      ]),
    ).toMatchObject([violation('write-ahead', { evidence: [1, 2] })]);
  });

  describe('at a restart', () => {
    const slot = {
      view: 0,
      sequence: 1,
      digest: a,
      operations: [],
      state: 'pre-prepared' as const,
      commits: [],
    };
    const trace = [
      [1, timer],
      [1, persisted(1)],
      [1, prepare],
    ] as const;

    it('[I12] finds a vote that the restored state does not know', () => {
      const inspection = {
        id: 1,
        slots: [{ ...slot, prepares: [{ signer: 2, digest: a, counts: true }] }],
      };

      expect(findingsInside(writeAhead(), trace, inspection)).toMatchObject([
        violation('write-ahead', { sequence: 1, evidence: [2] }),
      ]);
    });

    it('[I12] finds a vote that the restored state has for another digest', () => {
      const inspection = {
        id: 1,
        slots: [{ ...slot, prepares: [{ signer: 1, digest: b, counts: false }] }],
      };

      expect(findingsInside(writeAhead(), trace, inspection)).toHaveLength(1);
    });

    it('[I12] finds the vote in the slot, or the slot behind a stable checkpoint', () => {
      const remembered = {
        id: 1,
        slots: [{ ...slot, prepares: [{ signer: 1, digest: a, counts: true }] }],
      };

      expect(findingsInside(writeAhead(), trace, remembered)).toEqual([]);
      expect(findingsInside(writeAhead(), trace, { id: 1, lowWatermark: 8 })).toEqual([]);
    });
  });
});
