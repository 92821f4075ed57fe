import { describe, expect, it } from 'vitest';

import type { TraceEvent } from '#core/network/trace-event.ts';

import { partingOf } from './branch.ts';

function event(id: number, atMs: number, type: 'started' | 'paused' | 'timer'): TraceEvent {
  return { id, atMs, process: 1, type };
}

describe('two histories', () => {
  const common = [event(0, 0, 'started'), event(1, 5, 'timer')];

  it('part at the first event that differs', () => {
    const one = [...common, event(2, 7, 'timer')];
    const other = [...common, event(2, 6, 'paused')];

    expect(partingOf(one, other)).toEqual({ index: 2, atMs: 6, one: one[2], other: other[2] });
  });

  it('part where one of them ends', () => {
    expect(partingOf(common, common.slice(0, 1))).toMatchObject({ index: 1, atMs: 5 });
  });

  it('do not part when they are equal', () => {
    expect(partingOf(common, [...common])).toBeUndefined();
  });
});
