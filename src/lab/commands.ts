import type { CrashPoint } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Condition, DeedOf, Operation, Step } from '#core/simulation/scenario.ts';

import type { LabState, Mode, Selection } from './lab-state.ts';

/** What may be asked of a scenario when it is loaded. */
export interface LoadOptions {
  readonly replicas?: number;
  readonly seed?: number;
  /** The rules to be left out. */
  readonly ablation?: readonly string[];
}

/** What a process finds on its disk when it is started again. */
export type DiskState = Pick<DeedOf<'restart'>, 'disk' | 'record' | 'commits' | 'from'>;

/** What can be done to one message in flight. */
export type MessageDeed =
  | 'hold'
  | 'release'
  | 'drop'
  | 'duplicate'
  | 'deliver-now'
  | { readonly delayMs: number };

/**
 * Everything that a person can do: what buttons, keys and `window.pbftLab` call. A deed that is refused
 * becomes a problem on the page, and its promise resolves all the same.
 */
export interface LabCommands {
  /** A built-in scenario by its name, or a scenario as a value. */
  load(scenario: unknown, options?: LoadOptions): Promise<void>;
  /** The same scenario again, from its beginning, with these changes. */
  newCluster(changes?: LoadOptions): Promise<void>;
  submit(operation: Operation, client?: number): Promise<void>;
  crash(process: ProcessId, point?: CrashPoint): Promise<void>;
  restart(process: ProcessId, disk?: DiskState): Promise<void>;
  /** `correct` ends a behaviour. */
  byzantine(
    process: ProcessId,
    behaviour: string,
    options?: Readonly<Record<string, readonly ProcessId[] | number | string>>,
  ): Promise<void>;
  partition(groups: readonly (readonly ProcessId[])[]): Promise<void>;
  heal(): Promise<void>;
  message(message: number, deed: MessageDeed): Promise<void>;
  do(step: Step): Promise<void>;
  /** Another history from an instant on; the playhead by default. */
  fork(ms?: number): Promise<void>;
  /** Goes on with a history that was left. */
  openBranch(id: string): Promise<void>;
  /** A link that executes everything done so far again; undefined when there is nothing to share. */
  share(): Promise<string | undefined>;
  /** A lesson by its name, from its beginning. */
  openLesson(name: string): Promise<void>;
  /** The challenge of the lesson that is on; with its solution if that is wanted. */
  openChallenge(solved?: boolean): Promise<void>;
  /** Runs the challenge to its end and checks its goal. */
  checkChallenge(): Promise<void>;
  /** Answers the question of a beat before the run does; undecided again without an option. */
  predict(beat: string, option: string): void;
  /** The lesson is over; its cluster stays. */
  closeLesson(): void;
  play(rate?: number): void;
  pause(): void;
  setRate(rate: number): void;
  step(count?: number): Promise<void>;
  back(): void;
  nextPhase(): Promise<void>;
  /** To the next thing that the scenario says; to the next phase, if it says nothing. */
  nextBeat(): Promise<void>;
  /** Back to what the scenario said before; to the phase before, if it says nothing. */
  previousBeat(): void;
  seek(ms: number): void;
  toEdge(): void;
  runUntil(goal: Condition | { readonly atMs: number }): Promise<void>;
  /** Judges what has happened so far, and shows it. */
  judge(): Promise<void>;
  select(selection: Selection): void;
  hover(selection: Selection): void;
  setTheme(theme: LabState['theme']): void;
  setLetterKeys(letterKeys: boolean): void;
  setMode(mode: Mode): void;
  dismiss(problem: number): void;
}
