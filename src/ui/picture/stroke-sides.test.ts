import { describe, expect, it } from 'vitest';

import { sidesOf } from './stroke-sides.ts';

const standing = [
  { process: 0, x: 300, y: 100 },
  { process: 1, x: 600, y: 100 },
  { process: 2, x: 600, y: 300 },
  { process: 3, x: 300, y: 300 },
  { process: 'c0', x: 60, y: 220 },
] as const;

const line = (...points: readonly (readonly [number, number])[]): { x: number; y: number }[] =>
  points.map(([x, y]) => ({ x, y }));

function sides(stroke: ReturnType<typeof line>): readonly string[] | undefined {
  return sidesOf(stroke, standing)
    ?.map((side) => side.join(' '))
    .toSorted();
}

describe('sidesOf', () => {
  it('divides at a line, whichever way it is drawn', () => {
    const stroke = line([450, 20], [450, 200], [450, 420]);

    expect(sides(stroke)).toEqual(['0 3 c0', '1 2']);
    expect(sides(stroke.toReversed())).toEqual(['0 3 c0', '1 2']);
  });

  it('takes a line to go on beyond its ends', () => {
    expect(sides(line([200, 200], [330, 200]))).toEqual(['0 1', '2 3 c0']);
  });

  it('follows a line that bends', () => {
    expect(sides(line([500, 20], [500, 200], [560, 200], [760, 200]))).toEqual(['0 2 3 c0', '1']);
  });

  it('divides a ring from what is outside of it', () => {
    const ring = line([540, 40], [660, 40], [660, 160], [540, 160], [545, 50]);

    expect(sides(ring)).toEqual(['0 2 3 c0', '1']);
  });

  it('says nothing of a slip of the hand, nor of a line or a ring with nobody on one side', () => {
    expect(sides(line([450, 200], [450, 240]))).toBeUndefined();
    expect(sides(line([0, 430], [856, 430]))).toBeUndefined();
    expect(sides(line([400, 180], [480, 180], [480, 240], [400, 240], [402, 182]))).toBeUndefined();
    expect(sides([])).toBeUndefined();
  });
});
