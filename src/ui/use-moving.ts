import { useEffect, useRef } from 'react';

import type { LabState } from '#lab/lab-state.ts';

import { useWholeLab } from './lab-context.ts';

/** Calls `draw` now and whenever the playhead or the trace moves: for what is drawn without React. */
export function useMoving(draw: (state: LabState) => void): void {
  const { store } = useWholeLab();
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    draw(store.getState());
  });
  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (state.nowMs !== before.nowMs || state.traceLength !== before.traceLength) {
          latest.current(state);
        }
      }),
    [store],
  );
}
