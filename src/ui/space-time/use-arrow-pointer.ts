import type { MouseEvent } from 'react';

import { chronicleOf, useWholeLab } from '#ui/lab-context.ts';
import { nearestArrow, type Lanes, type TimeScale } from '#ui/picture/space-time.ts';
import { windowStartMs } from '#ui/picture/time-window.ts';

interface ArrowPointer {
  readonly onPointerMove: (event: MouseEvent<SVGSVGElement>) => void;
  readonly onPointerLeave: () => void;
  readonly onClick: (event: MouseEvent<SVGSVGElement>) => void;
}

interface Diagram {
  readonly lanes: Lanes;
  readonly scale: TimeScale;
  readonly windowMs: number;
}

/** The pointer over the diagram finds the nearest message: to hover, and by a click to select. `useArrowKeys` does the same for the keyboard. */
export function useArrowPointer({ lanes, scale, windowMs }: Diagram): ArrowPointer {
  const { store, commands } = useWholeLab();
  const messageAt = (event: MouseEvent<SVGSVGElement>): number | undefined => {
    const { trace, nowMs } = store.getState();
    const rect = event.currentTarget.getBoundingClientRect();
    const originMs = windowStartMs(nowMs, windowMs);
    const near = chronicleOf(trace).between(originMs, originMs + windowMs);
    const point = { x: event.clientX - rect.left, y: event.clientY - rect.top };
    return nearestArrow(near, lanes, { originMs, pixelsPerMs: scale.pixelsPerMs }, point)?.message;
  };
  return {
    onPointerMove: (event) => {
      const message = messageAt(event);
      commands.hover(message === undefined ? undefined : { kind: 'message', message });
    },
    onPointerLeave: () => commands.hover(undefined),
    onClick: (event) => {
      const message = messageAt(event);
      if (message !== undefined) commands.select({ kind: 'message', message });
    },
  };
}
