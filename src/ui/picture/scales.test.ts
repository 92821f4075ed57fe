import { describe, expect, it } from 'vitest';

import type { Mark } from './chronicle.ts';
import { gaugeSide } from './gauge.ts';
import { hull } from './hull.ts';
import { formatRate, positionOf, rateAt, rateMax, rateMin, ratePositions } from './rate-scale.ts';
import { windowStartMs } from './time-window.ts';
import { formatTime, thinned, timelineEndMs } from './timeline-scale.ts';
import { along, wayBetween } from './way.ts';

describe('rate slider', () => {
  it('goes from the slowest to the fastest rate', () => {
    expect([rateAt(0), rateAt(ratePositions)]).toEqual([rateMin, rateMax]);
  });

  it.each([0.01, 0.05, 0.1, 1, 5, 20])('keeps %f within a step of itself', (rate) => {
    expect(Math.abs(Math.log(rateAt(positionOf(rate)) / rate))).toBeLessThan(0.06);
  });

  it('reads as a factor', () => {
    expect(formatRate(0.05)).toBe('0.05×');
  });
});

describe('timeline', () => {
  it('always ends beyond the live edge, and never far beyond', () => {
    for (const edgeMs of [0, 1, 99, 100, 480, 999, 5000, 123_456]) {
      const endMs = timelineEndMs(edgeMs);
      expect(endMs).toBeGreaterThan(edgeMs);
      expect(endMs).toBeLessThanOrEqual(Math.max(100, edgeMs * 1.7));
    }
  });

  it('leaves out marks of a kind that would fall together', () => {
    const marks = [mark(0, 'decision'), mark(1, 'decision'), mark(1, 'crash'), mark(9, 'decision')];

    expect(thinned(marks, 5)).toEqual([mark(0, 'decision'), mark(1, 'crash'), mark(9, 'decision')]);
  });

  it('writes milliseconds, then seconds', () => {
    expect([formatTime(412.34), formatTime(12_345)]).toEqual(['412.3 ms', '12.35 s']);
  });
});

describe('window of a diagram', () => {
  it('stands still at first, then follows the playhead', () => {
    expect([0, 50, 82, 182].map((nowMs) => windowStartMs(nowMs, 100))).toEqual([0, 0, 0, 100]);
  });
});

describe('way of a message', () => {
  const a = { x: 0, y: 0, radius: 10 };
  const b = { x: 100, y: 0, radius: 10 };

  it('runs from rim to rim', () => {
    const way = wayBetween(a, b);

    expect([along(way, 0).x, along(way, 0.5).x, along(way, 1).x]).toEqual([10, 50, 90]);
  });

  it('keeps the two directions apart', () => {
    expect(along(wayBetween(a, b), 0.5).y).toBeGreaterThan(0);
    expect(along(wayBetween(b, a), 0.5).y).toBeLessThan(0);
  });
});

describe('vote gauge', () => {
  it('has a place for each vote needed, and fills no more than that', () => {
    expect([0, 3, 8, 12].map(places)).toEqual([
      { filled: 0, empty: 8 },
      { filled: 3, empty: 5 },
      { filled: 8, empty: 0 },
      { filled: 8, empty: 0 },
    ]);
  });
});

describe('hull', () => {
  it('has the outer points only', () => {
    const corners = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 0, y: 10 },
    ];

    expect(new Set(hull([...corners, { x: 5, y: 5 }]))).toEqual(new Set(corners));
  });
});

function mark(atMs: number, kind: Mark['kind']): Mark {
  return { kind, atMs, event: atMs };
}

function places(held: number): { readonly filled: number; readonly empty: number } {
  const { filled, empty } = gaugeSide('left', 8, held, 30);
  return { filled: filled.split('M').length - 1, empty: empty.split('M').length - 1 };
}
