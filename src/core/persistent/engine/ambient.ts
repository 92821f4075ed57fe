import { assert } from '#core/base/assert.ts';

import type { Awaitable } from './awaitable.ts';
import type { $Frame } from './frame.ts';
import type { Sleep } from './timers.ts';
import type { WorkflowError } from './workflow-error.ts';

/** A random number, told by its place in the sequence of a seed. */
export interface Draw {
  readonly seed: string;
  readonly index: number;
}

/** The engine whose turn it is, as the awaitables see it. */
export interface Ambient {
  readonly nowUs: number;
  /** Lets `frame` go on in this turn with the outcome of `source`. */
  resume(frame: $Frame, source: Awaitable<unknown>): void;
  /** Runs `step` in this turn, after all that is ready already. */
  deliver(step: () => void): void;
  /** Number of the delivery under way. */
  readonly delivery: number;
  /** Number the next call of `deliver` will give. */
  readonly nextDelivery: number;
  arm(sleep: Sleep): void;
  disarm(sleep: Sleep): void;
  /** What is attached under this name, if anything is. */
  find(name: string): object | undefined;
  /** Makes `root` and all it leads to persistent, under a name. */
  attach(name: string, root: object): void;
  /** The next random number: which one it is. */
  draw(): Draw;
  post(output: unknown): void;
  /** `result` has failed because a workflow has, and nobody has taken the error yet. */
  failed(result: Awaitable<unknown>, error: WorkflowError): void;
  /** Somebody has taken the error of `result`. */
  handled(result: Awaitable<unknown>): void;
  /** The failure of a workflow in this turn that made `result` fail. */
  originOf(result: Awaitable<unknown>): WorkflowError | undefined;
}

let current: Ambient | undefined;

/** The engine whose turn it is. `wanted` says what for, in case there is none. */
export function ambient(wanted: string): Ambient {
  assert(
    current !== undefined,
    `${wanted} belongs into a turn of an engine, where code of a marked module is only if it was compiled`,
  );
  return current;
}

/** The engine whose turn it is, if it is one's. */
export function ambientIfAny(): Ambient | undefined {
  return current;
}

export function setAmbient(engine: Ambient | undefined): void {
  current = engine;
}
