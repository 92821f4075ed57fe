import { useState, type KeyboardEvent } from 'react';

import { chronicleOf, useWholeLab } from '#ui/lab-context.ts';
import { arrowName, walked } from '#ui/picture/arrow-walk.ts';
import type { Arrow } from '#ui/picture/chronicle.ts';
import { windowStartMs } from '#ui/picture/time-window.ts';

interface ArrowKeys {
  readonly role: 'slider';
  readonly tabIndex: 0;
  readonly 'aria-label': string;
  readonly 'aria-valuemin': number;
  readonly 'aria-valuemax': number;
  readonly 'aria-valuenow': number;
  readonly 'aria-valuetext': string;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

/** The messages of the diagram for the keyboard: arrows go from one to the next and light it, Enter selects it. */
export function useArrowKeys(windowMs: number): ArrowKeys {
  const { store, commands } = useWholeLab();
  const [current, setCurrent] = useState<Arrow | undefined>(undefined);
  const inWindow = (): readonly Arrow[] => {
    const { trace, nowMs } = store.getState();
    const fromMs = windowStartMs(nowMs, windowMs);
    return chronicleOf(trace).between(fromMs, fromMs + windowMs);
  };
  return {
    role: 'slider',
    tabIndex: 0,
    'aria-label': 'Messages in the diagram',
    'aria-valuemin': 0,
    'aria-valuemax': Math.max(current?.message ?? 0, store.getState().traceLength),
    'aria-valuenow': current?.message ?? 0,
    'aria-valuetext': current === undefined ? 'none' : arrowName(current, current.outcome),
    onKeyDown: (event) => {
      const { message } = current ?? {};
      if ((event.key === 'Enter' || event.key === ' ') && message !== undefined) {
        event.preventDefault();
        commands.select({ kind: 'message', message });
        return;
      }
      const next = walked(inWindow(), message, event.key);
      if (next === undefined) return;
      event.preventDefault();
      setCurrent(next);
      commands.hover({ kind: 'message', message: next.message });
    },
    onBlur: () => commands.hover(undefined),
  };
}
