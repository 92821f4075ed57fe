import { describe, expect, it } from 'vitest';

import { LiveClock } from './live-clock.ts';

describe('the clock of a live process', () => {
  it('goes on from the time at which the page says that it starts', () => {
    let nowMs = 500;
    const clock = new LiveClock(2_000_000.5, () => nowMs);
    expect(clock.nowUs()).toBe(2_000_001);

    nowMs = 501.25;
    expect(clock.nowUs()).toBe(2_001_251);
  });

  it('never goes back, whatever the clock of its thread does', () => {
    let nowMs = 10;
    const clock = new LiveClock(0, () => nowMs);
    nowMs = 20;
    const before = clock.nowUs();
    nowMs = 15;

    expect(clock.nowUs()).toBe(before);
  });
});
