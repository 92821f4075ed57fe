import type { ReplicaInspection } from '#core/replica/inspection.ts';

/** Where the ring begins and ends, clockwise from the top: it leaves room for crown and mask. */
const [startAngle, endAngle] = [0.38, Math.PI * 2 * 0.79];

/** The outline of a whole ring around a replica, outside the votes on its rim. */
export function timerRing(radius: number): string {
  return `M${onCircle(radius, startAngle)}A${radius},${radius} 0 1 1 ${onCircle(radius, endAngle)}`;
}

function onCircle(radius: number, angle: number): string {
  return `${(radius * Math.sin(angle)).toFixed(2)},${(-radius * Math.cos(angle)).toFixed(2)}`;
}

/** What is left of a timer, 1 to 0, in hundredths; undefined where none runs at this instant. */
export function timerLeft(timer: ReplicaInspection['timer'], nowMs: number): number | undefined {
  if (timer === undefined) return undefined;
  const left = (timer.dueMs - nowMs) / timer.ms;
  // What is known of the past may be of a later instant than the one on show: then it had not begun.
  if (left < 0 || left > 1) return undefined;
  return Math.round(left * 100) / 100;
}
