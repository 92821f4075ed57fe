import type { TraceEvent } from '#core/network/trace-event.ts';

import { countUntil, timeAfter } from './trace-time.ts';

/** A beat: what a `say` step says, at the instant at which it says it. */
export type Beat = Extract<TraceEvent, { readonly type: 'said' }>;

/** What stops a run that is to stop at beats. */
export const beatTypes: readonly TraceEvent['type'][] = ['said'];

/** The beats of the very instant `ms`: what a playhead there stands on. */
export function beatsAt(trace: readonly TraceEvent[], ms: number): readonly Beat[] {
  const beats: Beat[] = [];
  for (let i = countUntil(trace, ms) - 1; trace[i]?.atMs === ms; i -= 1) {
    const event = trace[i];
    if (event?.type === 'said') beats.unshift(event);
  }
  return beats;
}

/** Every beat up to `ms`. */
export function beatsUntil(trace: readonly TraceEvent[], ms: number): readonly Beat[] {
  return trace.slice(0, countUntil(trace, ms)).filter((event) => event.type === 'said');
}

/** When the first beat after `ms` is, as far as the trace goes. */
export function nextBeatMs(trace: readonly TraceEvent[], ms: number): number | undefined {
  return timeAfter(trace, ms, isBeat);
}

/** Whether something is said here. */
export function isBeat({ type }: TraceEvent): boolean {
  return type === 'said';
}
