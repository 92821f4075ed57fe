import { createStore, type StoreApi } from 'zustand/vanilla';

import type { LabState } from './lab-state.ts';

/** The lab's state and nothing else; what changes it is in commands.ts and playback.ts. */
export type LabStore = StoreApi<LabState>;

/** Virtual seconds per real second at first: a message of 20 ms is in the air for about a second. */
const firstRate = 0.02;

/** The name of the history that a lab begins with. */
export const firstBranch = 'main';

/** A lab before anything is loaded. Two of them can live on one page. */
export function createLabStore(initial: Partial<LabState> = {}): LabStore {
  return createStore<LabState>(() => ({
    phase: 'starting',
    underway: false,
    scenarioName: '',
    scenario: undefined,
    scenarios: [],
    trace: [],
    traceLength: 0,
    nowMs: 0,
    edgeMs: 0,
    playing: false,
    rate: firstRate,
    live: true,
    inspections: {},
    disks: {},
    past: undefined,
    branch: firstBranch,
    branches: [],
    branchedFrom: undefined,
    lesson: undefined,
    learned: { lessons: [], challenges: [] },
    selection: undefined,
    hovered: undefined,
    verdict: undefined,
    problems: [],
    theme: 'system',
    letterKeys: true,
    mode: 'lab',
    ...initial,
  }));
}
