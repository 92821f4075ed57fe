import { assert } from '#core/base/assert.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';

import type { LabStore } from './lab-store.ts';

/** Takes the batches of the trace into the store. The array of one run grows in place; another run has another. */
export function traceFeed(store: LabStore): (from: number, events: readonly TraceEvent[]) => void {
  let trace: TraceEvent[] = [];
  return (from, events) => {
    if (from === 0) trace = [];
    assert(from === trace.length, `event ${trace.length} follows, not ${from}`);
    for (const event of events) trace.push(event);
    store.setState({ trace, traceLength: trace.length });
  };
}
