import { AssertionError, defined } from '#core/base/assert.ts';
import { written } from '#core/persistent/store/barrier.ts';

import { ambient } from './ambient.ts';
import { Awaitable, Link } from './awaitable.ts';
import { codeOf } from './frame-kind.ts';
import type { $Code, $Frame } from './frame.ts';
import { callFailure } from './workflow-error.ts';

/** A body returns this when it has suspended itself. */
export const $P: unique symbol = Symbol('suspended');

/** Starts a call and runs it to its first suspension, inside the current turn. */
export function $start(code: $Code, frame: $Frame, self: unknown): Awaitable<unknown> {
  const result = new Awaitable<unknown>();
  frame.$code = code;
  frame.$self = self;
  frame.$result = result;
  run(frame, undefined, 0);
  return result;
}

/** Lets a suspended call go on with the outcome of what it waited for. */
export function resume(frame: $Frame, source: Awaitable<unknown>): void {
  if (source.failed) run(frame, source.$error, 1);
  else run(frame, source.$value, 0);
}

/**
 * Waits for `value`: hands it out if it is there, throws the error of a failed awaitable, or
 * suspends the frame and says so by `$P`.
 */
export function $aw(frame: $Frame, pc: number, value: unknown): unknown {
  if (value instanceof Awaitable) {
    if (value.settled) {
      value.$take();
      return value.$outcome();
    }
    frame.$pc = pc;
    written(frame);
    value.$subscribe(frame);
    return $P;
  }
  refuseForeign(value, () => positionOf(frame, pc));
  return value;
}

/** First in every compiled catch: a contradiction in the program is not the workflow's to handle. */
export function $pass(error: unknown): void {
  if (error instanceof AssertionError) throw error;
}

/** `file:line:column` of an await. */
function positionOf(frame: $Frame, pc: number): string {
  const code = codeOf(frame);
  const point = code.points[pc - 1];
  return point === undefined ? code.parts.id : `${code.file}:${point.line}:${point.column}`;
}

function run(frame: $Frame, sent: unknown, thrown: 0 | 1): void {
  let value: unknown;
  try {
    value = codeOf(frame).parts.run(frame, sent, thrown);
  } catch (error) {
    $pass(error);
    fail(frame, error);
    return;
  }
  if (value !== $P) finish(frame, value);
}

function finish(frame: $Frame, value: unknown): void {
  const result = resultOf(frame);
  if (!(value instanceof Awaitable)) {
    if (isThenable(value)) fail(frame, foreign(codeOf(frame).parts.id));
    else result.complete(value);
  } else if (value.settled) {
    new Link(result).$notify(value);
  } else {
    value.$subscribe(new Link(result));
  }
}

function fail(frame: $Frame, error: unknown): void {
  const result = resultOf(frame);
  const isAwaited = result.$isAwaited;
  ambient('a workflow').failed(result, callFailure(frame, error));
  result.fail(error);
  if (isAwaited) result.$take();
}

function resultOf(frame: $Frame): Awaitable<unknown> {
  return defined(frame.$result, 'a call has a result');
}

/** Refuses what would settle outside of any turn. */
export function refuseForeign(value: unknown, where: () => string): void {
  if (isThenable(value)) throw foreign(where());
}

function foreign(where: string): Error {
  return new Error(
    `${where}: awaiting a native promise. It cannot be stored, and settles outside of any turn: ` +
      `await an Awaitable, and complete it in a turn.`,
  );
}

function isThenable(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}
