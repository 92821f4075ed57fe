import type { StoreApi } from 'zustand/vanilla';

import type { LabState } from '#lab/lab-state.ts';

import { eventsAt } from './picture/reel.ts';

/** The shortest time between two answers, while the playhead moves. */
const calmMs = 150;

/** How many events have happened at the playhead, told a few times a second; the last word is always told. */
export class CalmEvents {
  private readonly store: StoreApi<LabState>;
  private events: number;

  constructor(store: StoreApi<LabState>) {
    this.store = store;
    this.events = eventsNow(store);
  }

  readonly read = (): number => this.events;

  readonly subscribe = (tell: () => void): (() => void) => {
    let toldAt = Number.NEGATIVE_INFINITY;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      waiting = undefined;
      const events = eventsNow(this.store);
      if (events === this.events) return;
      this.events = events;
      toldAt = performance.now();
      tell();
    };
    const stop = this.store.subscribe((state, before) => {
      if (state.trace !== before.trace) look();
      else if (waiting === undefined && hasMoved(state, before)) {
        const waitMs = toldAt + calmMs - performance.now();
        if (waitMs <= 0) look();
        else waiting = setTimeout(look, waitMs);
      }
    });
    look();
    return () => {
      stop();
      clearTimeout(waiting);
    };
  };
}

function hasMoved(state: LabState, before: LabState): boolean {
  return state.nowMs !== before.nowMs || state.traceLength !== before.traceLength;
}

function eventsNow(store: StoreApi<LabState>): number {
  const { trace, nowMs } = store.getState();
  return eventsAt(trace, nowMs);
}
