import { describe, expect, it } from 'vitest';

import { labelRows, placeMarks, stableTicks } from './chart-marks.ts';

const crashAt = (atMs: number) => ({ atMs, kind: 'crash', replica: 1 }) as const;
const stableAt = (atMs: number) => ({ atMs, kind: 'stable', sequence: atMs }) as const;
const same = (atMs: number): number => atMs;

describe('marks of a chart', () => {
  it('are written beside each other where there is room', () => {
    const placed = placeMarks([crashAt(0), crashAt(100), crashAt(200)], same);

    expect(placed.map(({ row }) => row)).toEqual([0, 0, 0]);
  });

  it('are written below each other where there is none, and stay without words when all rows are full', () => {
    const marks = Array.from({ length: labelRows + 1 }, (_, i) => crashAt(i));

    expect(placeMarks(marks, same).map(({ row }) => row)).toEqual([0, 1, 2, undefined]);
  });

  it('are not drawn once they have left the window', () => {
    expect(
      placeMarks([crashAt(1), crashAt(500)], (atMs) => (atMs < 100 ? undefined : atMs)),
    ).toEqual([expect.objectContaining({ x: 500 })]);
  });

  it('leave stable checkpoints to the ticks, of which near ones are one', () => {
    const marks = [crashAt(5), stableAt(10), stableAt(11), stableAt(30)];

    expect(placeMarks(marks, same)).toHaveLength(1);
    expect(stableTicks(marks, same)).toEqual([10, 30]);
  });
});
