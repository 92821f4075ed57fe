import type { TraceEvent } from '#core/network/trace-event.ts';

/** How many events of the trace have happened by `ms`: a binary search, since a trace is in the order of time. */
export function countUntil(trace: readonly TraceEvent[], ms: number): number {
  let low = 0;
  let high = trace.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = trace[middle];
    if (event !== undefined && event.atMs <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The time of the first event after `ms` that is wanted. */
export function timeAfter(
  trace: readonly TraceEvent[],
  ms: number,
  isWanted: (event: TraceEvent) => boolean = () => true,
): number | undefined {
  for (let i = countUntil(trace, ms); i < trace.length; i += 1) {
    const event = trace[i];
    if (event !== undefined && isWanted(event)) return event.atMs;
  }
  return undefined;
}

/** The time of the last event before `ms` that is wanted. */
export function timeBefore(
  trace: readonly TraceEvent[],
  ms: number,
  isWanted: (event: TraceEvent) => boolean = () => true,
): number | undefined {
  let i = countUntil(trace, ms) - 1;
  while (i >= 0) {
    const event = trace[i];
    if (event !== undefined && event.atMs < ms && isWanted(event)) return event.atMs;
    i -= 1;
  }
  return undefined;
}
