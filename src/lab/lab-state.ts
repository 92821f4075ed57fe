import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { ObjectChange } from '#core/persistent/index.ts';
import type { Inspection } from '#core/replica/inspection.ts';
import type { Scenario, Verdict } from '#core/simulation/scenario.ts';

import type { Branch } from './branch.ts';
import type { Learned, LessonState } from './lessons/lesson-state.ts';

/** What a person has selected; every view lights it. */
export type Selection =
  | { readonly kind: 'process'; readonly process: ProcessId }
  | { readonly kind: 'message'; readonly message: number }
  | { readonly kind: 'event'; readonly event: number }
  | { readonly kind: 'slot'; readonly sequence: number }
  | undefined;

/** The disk of a process, as its own worker tells it. */
export interface DiskInspection {
  readonly engine: 'IndexedDB' | 'OPFS' | 'memory';
  /** Absent where nothing is durable. */
  readonly durability?: 'relaxed' | 'strict';
  readonly records: number;
  readonly bytes: number;
  readonly commits: number;
  readonly lastBytes: number;
  readonly snapshotBytes: number;
  /** What the last commit wrote, object by object. */
  readonly lastCommit: readonly ObjectChange[];
}

/** Something a person must know, in words, with the next thing to do. */
export interface Problem {
  readonly id: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly text: string;
  /** The next thing to do, if the page can do it. */
  readonly remedy?: { readonly label: string; readonly act: () => void };
}

/**
 * What a page shows: all of the lab, the stage for a lecture hall, the stage inside another page, or the replicas in real
 * time in its place.
 */
export type Mode = 'lab' | 'present' | 'embed' | 'live';

/** The whole of what the page shows. The trace is the single source of truth; pictures of events are functions of `(trace, nowMs)`. */
export interface LabState {
  readonly phase: 'starting' | 'ready' | 'loading' | 'broken';
  /** True once what the page shows first moves, or rests: what is read beside it is fetched then. */
  readonly underway: boolean;
  readonly scenarioName: string;
  /** Everything done so far, as a scenario. */
  readonly scenario: Scenario | undefined;
  /** The built-in scenarios with their titles, family by family; none until they are fetched. */
  readonly scenarios: readonly {
    readonly name: string;
    readonly title: string;
    readonly about: string;
    readonly family: string;
  }[];
  /** Grows in place; `traceLength` changes when it does (select on that, then read). */
  readonly trace: readonly TraceEvent[];
  readonly traceLength: number;
  /** The playhead. High frequency: subscribe, do not select, in what moves. */
  readonly nowMs: number;
  /** The live edge: everything up to here has happened. */
  readonly edgeMs: number;
  readonly playing: boolean;
  /** Virtual seconds per real second, 0.01 to 20. */
  readonly rate: number;
  /** True when the playhead is at the live edge. */
  readonly live: boolean;
  /** Live-edge state of each process, by id as text ("0", "c0"), refreshed after each step that concerns it. */
  readonly inspections: Readonly<Record<string, Inspection>>;
  readonly disks: Readonly<Record<string, DiskInspection>>;
  /** What the processes were at a playhead that is in the past; undefined until that is known, and at the live edge. */
  readonly past:
    | { readonly atMs: number; readonly inspections: Readonly<Record<string, Inspection>> }
    | undefined;
  /** Which of the histories is on show. */
  readonly branch: string;
  /** The histories that are not on show, in the order in which they were left. */
  readonly branches: readonly Branch[];
  /** Where the history on show comes from; undefined for the first. */
  readonly branchedFrom: Branch['from'];
  /** The lesson that is on, if one is. */
  readonly lesson: LessonState | undefined;
  /** Lessons and challenges that were finished, by the names of their lessons. */
  readonly learned: Learned;
  readonly selection: Selection;
  readonly hovered: Selection;
  readonly verdict: Verdict | undefined;
  readonly problems: readonly Problem[];
  readonly theme: 'system' | 'light' | 'dark';
  readonly letterKeys: boolean;
  readonly mode: Mode;
}
