import type { Anchor, Point } from './stage-layout.ts';

/** The straight way of a message; the two directions between the same two processes keep apart. */
export interface Way {
  readonly start: Point;
  readonly end: Point;
  readonly length: number;
  /** In degrees. */
  readonly angle: number;
}

const apart = 5;

/** The way from one process to another, from rim to rim, a little to the right of the middle line. */
export function wayBetween(from: Anchor, to: Anchor): Way {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const distance = Math.hypot(dx, dy);
  if (distance < 1) return { start: from, end: to, length: 0, angle: 0 };
  const ux = dx / distance;
  const uy = dy / distance;
  const start = {
    x: from.x + ux * from.radius - uy * apart,
    y: from.y + uy * from.radius + ux * apart,
  };
  const end = { x: to.x - ux * to.radius - uy * apart, y: to.y - uy * to.radius + ux * apart };
  return {
    start,
    end,
    length: Math.hypot(end.x - start.x, end.y - start.y),
    angle: (Math.atan2(dy, dx) * 180) / Math.PI,
  };
}

/** The point at a part of the way. */
export function along(way: Way, progress: number): Point {
  return {
    x: way.start.x + (way.end.x - way.start.x) * progress,
    y: way.start.y + (way.end.y - way.start.y) * progress,
  };
}
