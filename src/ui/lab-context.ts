import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';

import { assert } from '#core/base/assert.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';
import type { LabCommands } from '#lab/commands.ts';
import type { LabState } from '#lab/lab-state.ts';
import type { LiveDoor } from '#lab/live/live-door.ts';
import { inspectionsAt } from '#lab/past-states.ts';

import { CalmEvents } from './calm-events.ts';
import { Chronicle } from './picture/chronicle.ts';
import type { ClusterPicture } from './picture/cluster-picture.ts';
import { eventsAt, Reel } from './picture/reel.ts';

/** The lab that a page shows: what is, and what can be done. */
export interface Lab {
  readonly store: StoreApi<LabState>;
  readonly commands: LabCommands;
  /** The way to live mode. */
  readonly live: LiveDoor;
}

/** Gives the lab to everything that draws it. */
export const LabContext = createContext<Lab | undefined>(undefined);

/** The whole lab: for those that subscribe to what moves. */
export function useWholeLab(): Lab {
  const lab = useContext(LabContext);
  assert(lab !== undefined, 'the page is drawn inside a LabContext');
  return lab;
}

/** A part of the lab's state. */
export function useLab<T>(selector: (state: LabState) => T): T {
  return useStore(useWholeLab().store, selector);
}

/** What each process is at the playhead, by its id as text: re-executed where the playhead is in the past. */
export function useInspections(): LabState['inspections'] {
  return useLab(inspectionsAt);
}

/** What can be done. */
export function useCommands(): LabCommands {
  return useWholeLab().commands;
}

/** How many events have happened at the playhead. Changes only when the playhead passes one. */
export function useEventsNow(): number {
  const { store } = useWholeLab();
  return useSyncExternalStore(store.subscribe, () => {
    const { trace, nowMs } = store.getState();
    return eventsAt(trace, nowMs);
  });
}

/**
 * As `useEventsNow`, but at most a few times a second while the playhead moves on, or is dragged: for what is read,
 * not watched.
 */
export function useCalmEventsNow(): number {
  const { store } = useWholeLab();
  const calm = useMemo(() => new CalmEvents(store), [store]);
  return useSyncExternalStore(calm.subscribe, calm.read);
}

const reels = new WeakMap<readonly TraceEvent[], Reel>();
const chronicles = new WeakMap<readonly TraceEvent[], Chronicle>();

/** The pictures of a trace: one reel for every view of it. */
export function reelOf(trace: readonly TraceEvent[]): Reel {
  const known = reels.get(trace);
  if (known !== undefined) return known;
  const reel = new Reel(trace);
  reels.set(trace, reel);
  return reel;
}

/** The history of a trace, read up to its end. */
export function chronicleOf(trace: readonly TraceEvent[]): Chronicle {
  const chronicle = chronicles.get(trace) ?? new Chronicle(trace);
  chronicles.set(trace, chronicle);
  chronicle.update();
  return chronicle;
}

/** The history of the run on show, read up to its end. */
export function useChronicle(): Chronicle {
  useLab((state) => state.traceLength);
  return chronicleOf(useLab((state) => state.trace));
}

/** The cluster at the playhead. */
export function usePicture(): ClusterPicture {
  const trace = useLab((state) => state.trace);
  const events = useEventsNow();
  return useMemo(() => reelOf(trace).after(events), [trace, events]);
}
