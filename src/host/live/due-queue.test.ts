import { describe, expect, it } from 'vitest';

import { DueQueue } from './due-queue.ts';

describe('operations that are due', () => {
  it('are taken first come first served, around the end of their room', () => {
    const due = new DueQueue(3);
    const taken: (number | undefined)[] = [];
    for (let at = 1; at <= 10; at++) {
      due.add(at);
      due.add(at + 0.5);
      taken.push(due.take(), due.take());
    }

    expect(taken).toEqual(Array.from({ length: 20 }, (_, i) => 1 + i / 2));
    expect(due.take()).toBeUndefined();
  });

  it('are refused when there is no room', () => {
    const due = new DueQueue(2);

    expect([due.add(1), due.add(2), due.add(3)]).toEqual([true, true, false]);
    expect(due.size).toBe(2);
    due.clear();
    expect(due.size).toBe(0);
  });
});
