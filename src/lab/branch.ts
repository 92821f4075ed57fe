import type { TraceEvent } from '#core/network/trace-event.ts';
import type { Scenario } from '#core/simulation/scenario.ts';

/** One history of the lab. The one on show grows; the others are kept as they were left. */
export interface Branch {
  readonly id: string;
  /** The history it comes from, and where it leaves it; absent for the first. */
  readonly from?: { readonly branch: string; readonly atMs: number };
  readonly scenario: Scenario;
  readonly planned: number;
  readonly edgeMs: number;
  readonly trace: readonly TraceEvent[];
}

/** Where two histories part. */
export interface Parting {
  /** The place of the first event that differs; both traces are equal before it. */
  readonly index: number;
  readonly atMs: number;
  readonly one: TraceEvent | undefined;
  readonly other: TraceEvent | undefined;
}

/** The first difference of two traces; undefined when they are equal. */
export function partingOf(
  one: readonly TraceEvent[],
  other: readonly TraceEvent[],
): Parting | undefined {
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [one[index], other[index]];
    if (a === undefined || b === undefined || JSON.stringify(a) !== JSON.stringify(b)) {
      return { index, atMs: Math.min(a?.atMs ?? Infinity, b?.atMs ?? Infinity), one: a, other: b };
    }
  }
  return undefined;
}
