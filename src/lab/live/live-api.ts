import type { LiveMark, LiveOptions, LiveResult, LiveSample } from '#host/live/live-report.ts';

import type { LiveDoor } from './live-door.ts';

/**
 * `window.pbftLab.live`: the same replicas in real time. Every function returns a promise; what is refused rejects and
 * says why, and nothing has changed.
 */
export interface LiveApi {
  /** Begins a run and shows the dashboard; what is not said is as its form has it. */
  start(options?: Partial<LiveOptions>): Promise<void>;
  /** Ends it: heals, restarts what is down, waits until the correct ones are equal, checks. */
  stop(): Promise<LiveResult>;
  /** What was measured last; undefined before anything was. */
  sample(): Promise<LiveSample | undefined>;
  /** What has happened so far, the latest of it. */
  marks(): Promise<readonly LiveMark[]>;
  crash(replica: number): Promise<void>;
  restart(replica: number): Promise<void>;
  pause(replica: number): Promise<void>;
  resume(replica: number): Promise<void>;
  /** Replicas hear only those of their own group; clients hear and reach everybody. */
  partition(groups: readonly (readonly number[])[]): Promise<void>;
  heal(): Promise<void>;
  /** From now on this replica misbehaves; `correct` ends it. */
  byzantine(replica: number, behaviour: string): Promise<void>;
}

/** The automation interface of live mode, which is loaded by the first call. */
export function createLiveApi(door: LiveDoor): LiveApi {
  return {
    start: async (options) => door.start(options),
    stop: async () => (await door.open()).live.stop(),
    sample: async () => (await door.open()).live.sample,
    marks: async () => (await door.open()).live.store.getState().marks,
    crash: async (replica) => (await door.open()).live.crash(replica),
    restart: async (replica) => (await door.open()).live.restart(replica),
    pause: async (replica) => (await door.open()).live.pause(replica),
    resume: async (replica) => (await door.open()).live.resume(replica),
    partition: async (groups) => (await door.open()).live.partition(groups),
    heal: async () => (await door.open()).live.heal(),
    byzantine: async (replica, behaviour) =>
      (await door.open()).live.byzantine(replica, behaviour === 'correct' ? undefined : behaviour),
  };
}
