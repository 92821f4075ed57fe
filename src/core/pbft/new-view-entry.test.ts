import { describe, expect, it } from 'vitest';

import { lacksState, mayVoteAt, nextSequenceIn } from './new-view-entry.ts';
import { standingOf } from './sample-messages.ts';
import { sequenceNumber } from './terms.ts';

describe('the votes of a view that began at min-s', () => {
  it.each([
    { low: 0, minimum: 0, votes: [1, 16] },
    { low: 8, minimum: 8, votes: [9, 24] },
    { low: 0, minimum: 8, votes: [9, 16] },
    { low: 8, minimum: 0, votes: [9, 24] },
    { low: 0, minimum: 16, votes: undefined },
    { low: 0, minimum: 24, votes: undefined },
  ])('[V12] with h = $low and min-s = $minimum are for $votes', ({ low, minimum, votes }) => {
    const standing = standingOf(1, { lowWatermark: sequenceNumber(low) });
    const order = { minSequence: sequenceNumber(minimum) };
    const places = Array.from({ length: 60 }, (_, i) => sequenceNumber(i)).filter((sequence) =>
      mayVoteAt(standing, order, sequence),
    );
    expect(places.length > 0 ? [places[0], places.at(-1)] : undefined).toEqual(votes);
  });

  it.each([
    { executed: 7, lacks: true },
    { executed: 8, lacks: false },
    { executed: 12, lacks: false },
  ])('[V12] after executing $executed, min-s = 8 is to be fetched: $lacks', (one) => {
    const standing = { lastExecuted: sequenceNumber(one.executed) };
    expect(lacksState(standing, { minSequence: sequenceNumber(8) })).toBe(one.lacks);
  });
});

describe('the first free place of a primary', () => {
  it.each([
    { why: 'the beginning', low: 0, executed: 0, next: 1 },
    { why: 'max-s', low: 0, executed: 3, fixed: 5, next: 6 },
    { why: 'min-s, when O is empty', low: 0, executed: 0, fixed: 8, next: 9 },
    { why: 'what is executed', low: 8, executed: 9, fixed: 8, next: 10 },
    { why: 'what it voted for', low: 8, executed: 9, fixed: 8, voted: [10, 12, 11], next: 13 },
  ])('[V12] lies above $why', ({ low, executed, fixed, voted = [], next }) => {
    const standing = standingOf(1, {
      lowWatermark: sequenceNumber(low),
      lastExecuted: sequenceNumber(executed),
      ...(fixed !== undefined && { fixedUpTo: sequenceNumber(fixed) }),
    });
    expect(nextSequenceIn(standing, voted.map(sequenceNumber))).toBe(next);
  });
});
