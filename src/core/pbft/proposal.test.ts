import { describe, expect, it } from 'vitest';

import { canPropose, chooseBatch, isPrimary } from './proposal.ts';
import { requestFrom, sample, standingOf } from './sample-messages.ts';
import { highWatermark, isInWindow } from './standing.ts';
import { sequenceNumber, view } from './terms.ts';

describe('window', () => {
  it.each([
    { h: 0, sequence: 0, is: false },
    { h: 0, sequence: 1, is: true },
    { h: 0, sequence: 16, is: true },
    { h: 0, sequence: 17, is: false },
    { h: 8, sequence: 8, is: false },
    { h: 8, sequence: 24, is: true },
    { h: 8, sequence: 25, is: false },
  ])('[N17] above $h holds $sequence: $is', ({ h, sequence, is }) => {
    const standing = standingOf(1, { lowWatermark: sequenceNumber(h) });
    expect(isInWindow(standing, sequenceNumber(sequence))).toBe(is);
    expect(highWatermark(standing)).toBe(h + 16);
  });
});

describe('primary', () => {
  it('[N18] leads the views that are its number modulo n', () => {
    expect([0, 1, 4].map((v) => isPrimary(standingOf(0, { view: view(v) })))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it.each([
    { why: 'at the next sequence number', standing: standingOf(0), next: 1, may: true },
    { why: 'as the W-th', standing: standingOf(0), next: 8, may: true },
    { why: 'beyond W not executed', standing: standingOf(0), next: 9, may: false },
    {
      why: 'at H',
      standing: standingOf(0, { lastExecuted: sequenceNumber(15) }),
      next: 16,
      may: true,
    },
    {
      why: 'above H',
      standing: standingOf(0, { lastExecuted: sequenceNumber(16) }),
      next: 17,
      may: false,
    },
    {
      why: 'above the old H once a checkpoint is stable',
      standing: standingOf(0, {
        lastExecuted: sequenceNumber(16),
        lowWatermark: sequenceNumber(8),
      }),
      next: 17,
      may: true,
    },
    { why: 'as a backup', standing: standingOf(1), next: 1, may: false },
    {
      why: 'while changing views',
      standing: standingOf(0, { phase: 'changing-view' }),
      next: 1,
      may: false,
    },
    { why: 'as a learner', standing: standingOf(0, { phase: 'learner' }), next: 1, may: false },
  ])('[N18] may propose $why: $may', ({ standing, next, may }) => {
    expect(canPropose(standing, sequenceNumber(next))).toBe(may);
  });
});

describe('batch', () => {
  const waiting = [5, 3, 4, 1, 2].map((t) => requestFrom(0, t));

  it('[N18] takes what waits, first come first served, as much as it may hold', () => {
    expect(chooseBatch(sample, waiting)).toEqual(waiting.slice(0, 4));
    expect(chooseBatch({ ...sample, batchMax: 1 }, waiting)).toEqual(waiting.slice(0, 1));
    expect(chooseBatch(sample, waiting.slice(3))).toEqual(waiting.slice(3));
  });

  it('[N18] is none when nothing waits', () => {
    expect(chooseBatch(sample, [])).toBeUndefined();
  });
});
