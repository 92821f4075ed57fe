import type { CrashPoint, TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Inspection } from '#core/replica/inspection.ts';
import type {
  ClientVerdict,
  Condition,
  Operation,
  ReplicaVerdict,
  Scenario,
  Step,
  Verdict,
} from '#core/simulation/scenario.ts';

import type { DiskState, LoadOptions } from './commands.ts';
import type { LabStore } from './lab-store.ts';
import { subject, type Lab } from './lab.ts';
import { createLiveApi, type LiveApi } from './live/live-api.ts';
import type { LiveDoor } from './live/live-door.ts';
import { inspectionsAt, type PastStates } from './past-states.ts';

/** What a lab is at this moment. */
interface LabSummary {
  readonly nowMs: number;
  readonly playing: boolean;
  /** Which history this is: `main`, or the name of a fork. */
  readonly branch: string;
  readonly replicas: readonly ReplicaVerdict[];
  readonly clients: readonly ClientVerdict[];
}

/**
 * `window.pbftLab`: the functions that the buttons call, for tests and for people who script a lecture.
 * Every function returns a promise; what is refused rejects and says why, and nothing has changed.
 */
export interface LabApi {
  /** Resolves when the first cluster is loaded; rejects when this browser cannot run the lab. */
  readonly ready: Promise<void>;
  /** A built-in scenario by its name, or a scenario (pbft-lab/scenario@1); from its beginning, paused. */
  load(scenario: unknown, options?: LoadOptions): Promise<void>;
  /** Queues an operation with a client, the first by default. */
  submit(operation: Operation, client?: number): Promise<void>;
  /** Terminates a process: at once, or at a point of its next turn. */
  crash(process: ProcessId, options?: { readonly point?: CrashPoint }): Promise<void>;
  /** Starts a process again from its disk. */
  restart(process: ProcessId, options?: DiskState): Promise<void>;
  /** From now on this process misbehaves; `correct` ends it. */
  byzantine(
    process: ProcessId,
    behaviour: string,
    options?: Readonly<Record<string, readonly ProcessId[] | number | string>>,
  ): Promise<void>;
  /** Any step of a scenario, now. */
  do(step: Step): Promise<void>;
  play(rate?: number): Promise<void>;
  pause(): Promise<void>;
  /** To the next instant with an event, `count` times. */
  step(count?: number): Promise<void>;
  /** As fast as it goes, until the condition has held, the time has come or the run has ended. */
  runUntil(goal: Condition | { readonly atMs: number }): Promise<void>;
  /** The playhead to a time that has happened. */
  seek(ms: number): Promise<void>;
  /** Another history from an instant on: what was done by hand after it is left out. */
  fork(ms: number): Promise<void>;
  /** The histories that were left, by their names: `openBranch` goes on with one. */
  branches(): Promise<readonly string[]>;
  openBranch(name: string): Promise<void>;
  state(): Promise<LabSummary>;
  /** The events from the `from`-th on. */
  trace(from?: number): Promise<readonly TraceEvent[]>;
  /** SHA-256 over the trace so far; the simulation of the same scenario has the same. */
  traceDigest(): Promise<string>;
  verdict(): Promise<Verdict>;
  /** Everything done so far, as a scenario. */
  scenario(): Promise<Scenario>;
  /** What a process is at the playhead: its votes, its suspended workflows, why it waits. Undefined when it does not run. */
  inspect(process: ProcessId): Promise<Inspection | undefined>;
  /** A link that executes everything done so far again, wherever it is opened. */
  share(): Promise<string>;
  /** The same replicas in real time, in the place of the lab. */
  readonly live: LiveApi;
}

declare global {
  interface Window {
    /** The automation interface (scenario.md, "In the page"). */
    pbftLab: LabApi;
  }
}

/** The automation interface of a lab. */
export function createLabApi(
  store: LabStore,
  lab: Lab,
  past: PastStates,
  door: LiveDoor,
  ready: Promise<void>,
): LabApi {
  const { transport } = lab;
  return {
    ready,
    load: (scenario, options) => lab.load(scenario, options),
    submit: (operation, client = 0) => lab.do({ do: 'submit', client, operation }),
    crash: (process, { point = 'now' } = {}) => lab.do({ do: 'crash', ...subject(process), point }),
    restart: (process, options = {}) => lab.do({ do: 'restart', ...subject(process), ...options }),
    byzantine: (process, behaviour, options) =>
      lab.do({ do: 'byzantine', ...options, ...subject(process), behaviour }),
    do: (step) => lab.do(step),
    play: async (rate) => {
      transport.play(rate);
    },
    pause: async () => {
      transport.pause();
    },
    step: (count) => transport.step(count),
    runUntil: (goal) => lab.runUntil(goal),
    seek: async (ms) => {
      transport.seek(ms);
    },
    fork: (ms) => lab.fork(ms),
    branches: async () => store.getState().branches.map(({ id }) => id),
    openBranch: (name) => lab.openBranch(name),
    state: async () => {
      const { replicas, clients } = await lab.verdict();
      const { nowMs, playing, branch } = store.getState();
      return { nowMs, playing, branch, replicas, clients };
    },
    trace: async (from = 0) => store.getState().trace.slice(from),
    traceDigest: () => lab.traceDigest(),
    verdict: () => lab.verdict(),
    scenario: () => lab.scenario(),
    inspect: async (process) => {
      await past.settled();
      return inspectionsAt(store.getState())[String(process)];
    },
    share: () => lab.link(),
    live: createLiveApi(door),
  };
}
