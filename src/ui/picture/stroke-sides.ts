import type { ProcessId } from '#core/pbft/message.ts';

import type { Point } from './stage-layout.ts';

/** Where a process stands. */
export interface Standing extends Point {
  readonly process: ProcessId;
}

/** Shorter strokes are slips of the hand. */
const shortest = 60;
/** Where the ends of a stroke are taken to lead to: far outside of the stage. */
const far = 10_000;

/**
 * Who stands on which side of a stroke across the stage: in a ring and outside of it, if it comes back to where it began; else
 * left and right of it, its ends going on as they were going. Undefined while it divides nobody from anybody.
 */
export function sidesOf(
  stroke: readonly Point[],
  standing: readonly Standing[],
): readonly [readonly ProcessId[], readonly ProcessId[]] | undefined {
  if (lengthOf(stroke) < shortest) return undefined;
  const area = isRing(stroke) ? stroke : halfPlane(stroke);
  const [inside, outside]: [ProcessId[], ProcessId[]] = [[], []];
  for (const place of standing) (holds(area, place) ? inside : outside).push(place.process);
  return inside.length === 0 || outside.length === 0 ? undefined : [inside, outside];
}

function lengthOf(stroke: readonly Point[]): number {
  return stroke.reduce((length, point, i) => length + between(stroke[i - 1] ?? point, point), 0);
}

function between(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function isRing(stroke: readonly Point[]): boolean {
  const [first, last] = [stroke[0], stroke.at(-1)];
  if (first === undefined || last === undefined) return false;
  return between(first, last) < lengthOf(stroke) * 0.2;
}

/** All that is on one side of a line without ends: the line, and a way round far outside. */
function halfPlane(stroke: readonly Point[]): readonly Point[] {
  const end = beyond(stroke);
  const start = beyond(stroke.toReversed());
  const from = Math.atan2(end.y, end.x);
  const to = Math.atan2(start.y, start.x);
  const turn = (to - from + 2 * Math.PI) % (2 * Math.PI);
  const steps = 32;
  const round = Array.from({ length: steps + 1 }, (_, i) => {
    const angle = from + (turn * i) / steps;
    return { x: 2 * far * Math.cos(angle), y: 2 * far * Math.sin(angle) };
  });
  return [start, ...stroke, end, ...round];
}

/** Where the stroke leads to beyond its last point, in the direction that it had come to. */
function beyond(stroke: readonly Point[]): Point {
  const last = stroke.at(-1) ?? { x: 0, y: 0 };
  const before = stroke.findLast((point) => between(point, last) > 30) ?? stroke[0] ?? last;
  const length = Math.max(1, between(before, last));
  return {
    x: last.x + ((last.x - before.x) / length) * far,
    y: last.y + ((last.y - before.y) / length) * far,
  };
}

/** Whether a point lies in an area: a ray from it crosses the border an odd number of times. */
function holds(area: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  area.forEach((a, i) => {
    const b = area.at(i - 1) ?? a;
    if (a.y > y === b.y > y) return;
    if (x < a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)) inside = !inside;
  });
  return inside;
}
