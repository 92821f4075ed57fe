import { useEffect, useRef } from 'react';

import type { LabState } from '#lab/lab-state.ts';

import { useMedia } from './frame/use-media.ts';
import { useWholeLab } from './lab-context.ts';
import { eventsAt } from './picture/reel.ts';

/** Whether the person wants no motion: then pictures change with events, not with the frames between them. */
export function useStill(): boolean {
  return useMedia('(prefers-reduced-motion: reduce)');
}

/** Whether nothing but time has passed between two states of a run that plays. */
export function isBetweenEvents(state: LabState, before: LabState): boolean {
  return (
    state.playing &&
    state.trace === before.trace &&
    eventsAt(state.trace, state.nowMs) === eventsAt(before.trace, before.nowMs)
  );
}

/** Calls `draw` now and whenever the playhead or the trace moves: for what is drawn without React. */
export function useMoving(draw: (state: LabState) => void): void {
  const { store } = useWholeLab();
  const isStill = useStill();
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    draw(store.getState());
  });
  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (isStill && isBetweenEvents(state, before)) return;
        if (state.nowMs !== before.nowMs || state.traceLength !== before.traceLength) {
          latest.current(state);
        }
      }),
    [store, isStill],
  );
}
