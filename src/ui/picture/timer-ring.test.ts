import { describe, expect, it } from 'vitest';

import { timerLeft, timerRing } from './timer-ring.ts';

const timer = { timer: 'request', ms: 500, dueMs: 700 } as const;

describe('timer ring', () => {
  it('empties from its start to its end', () => {
    expect([200, 325, 450, 700].map((nowMs) => timerLeft(timer, nowMs))).toEqual([1, 0.75, 0.5, 0]);
  });

  it('is not there before its timer began, after it expired, and where none runs', () => {
    expect(timerLeft(timer, 199)).toBeUndefined();
    expect(timerLeft(timer, 701)).toBeUndefined();
    expect(timerLeft(undefined, 300)).toBeUndefined();
  });

  it('leaves the top left to crown and mask', () => {
    const [start, end] = timerRing(40)
      .slice(1)
      .split(/A.* 1 1 /)
      .map((point) => point.split(',').map(Number));

    expect(start?.[0]).toBeGreaterThan(12);
    expect(end?.[0]).toBeLessThan(-30);
    expect(end?.[1]).toBeLessThan(0);
    expect(end?.[1]).toBeGreaterThan(-20);
  });
});
