import { describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';

import { countUntil, timeAfter, timeBefore } from './trace-time.ts';

const at = (...times: number[]): TraceEvent[] =>
  times.map((atMs, id) => ({ id, atMs, process: 0, type: id === 3 ? 'paused' : 'started' }));
const trace = at(0, 0, 10, 10, 25);

describe('trace time', () => {
  it.each([
    { ms: -1, count: 0 },
    { ms: 0, count: 2 },
    { ms: 9.999, count: 2 },
    { ms: 10, count: 4 },
    { ms: 99, count: 5 },
  ])('has $count events by $ms ms', ({ ms, count }) => {
    expect(countUntil(trace, ms)).toBe(count);
  });

  it('goes from instant to instant, whatever happened in one', () => {
    expect([-1, 0, 10, 25].map((ms) => timeAfter(trace, ms))).toEqual([0, 10, 25, undefined]);
    expect([99, 25, 10, 0].map((ms) => timeBefore(trace, ms))).toEqual([25, 10, 0, undefined]);
  });

  it('finds the next event of a kind', () => {
    expect(timeAfter(trace, 0, (event) => event.type === 'paused')).toBe(10);
    expect(timeAfter(trace, 10, (event) => event.type === 'paused')).toBeUndefined();
  });
});
