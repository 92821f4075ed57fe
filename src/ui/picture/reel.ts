import type { TraceEvent } from '#core/network/trace-event.ts';

import { addEvent, draftOf, nothing, type ClusterPicture } from './cluster-picture.ts';

/** How many events have happened at `nowMs`: the first event later than that. */
export function eventsAt(trace: readonly TraceEvent[], nowMs: number): number {
  let low = 0;
  let high = trace.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const event = trace[middle];
    if (event !== undefined && event.atMs <= nowMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

const keyframeEvery = 400;

/**
 * The pictures of one growing trace. Going forward costs the events between; going back costs at most
 * `keyframeEvery` events. The last picture is kept, so that every view that asks for one gets the same.
 */
export class Reel {
  readonly trace: readonly TraceEvent[];
  private readonly keyframes: ClusterPicture[] = [nothing];
  private last: ClusterPicture = nothing;

  constructor(trace: readonly TraceEvent[]) {
    this.trace = trace;
  }

  /** The picture after the first `events` events. */
  after(events: number): ClusterPicture {
    if (this.last.events === events) return this.last;
    const draft = draftOf(this.nearest(events));
    while (draft.events < events) {
      const event = this.trace[draft.events];
      if (event === undefined) break;
      addEvent(draft, event);
      if (draft.events === this.keyframes.length * keyframeEvery) {
        this.keyframes.push({ ...draftOf(draft) });
      }
    }
    this.last = draft;
    return draft;
  }

  /** The picture at an instant. */
  at(nowMs: number): ClusterPicture {
    return this.after(eventsAt(this.trace, nowMs));
  }

  private nearest(events: number): ClusterPicture {
    const keyframe =
      this.keyframes[Math.min(Math.floor(events / keyframeEvery), this.keyframes.length - 1)];
    const below = keyframe ?? nothing;
    return this.last.events <= events && this.last.events >= below.events ? this.last : below;
  }
}
