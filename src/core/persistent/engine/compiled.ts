/**
 * What compiled code calls. Nobody writes these names by hand: the compiler does, and guarantees
 * what they rely on.
 */
import { assert } from '#core/base/assert.ts';
import {
  type AnyClass,
  persistable,
  type PersistableOptions,
} from '#core/persistent/store/class-kind.ts';
import {
  type AnyFunction,
  ClosureCode,
  type ClosureFactory,
  makeClosure,
  markClass,
  nameFunction,
} from '#core/persistent/store/closure.ts';

import { registerFrame } from './frame-kind.ts';
import { $Code, type $AwaitPoint, type $Frame, type CodeParts } from './frame.ts';

export { written as $w } from '#core/persistent/store/barrier.ts';
export { $aw, $P, $pass, $start } from './call.ts';
export { $Code, $Frame, type $AwaitPoint } from './frame.ts';
export { $stream, type $StreamCursor } from '#core/persistent/streams/stream-cursor.ts';
export { $iterate, $keys, type $Cursor } from './iterators.ts';

/** The code of an async function. */
export function $fn<F extends $Frame>(
  id: string,
  line: number,
  Frame: new () => F,
  run: CodeParts<F>['run'],
  awaits: readonly $AwaitPoint[],
): $Code {
  registerFrame(Frame.prototype);
  return new $Code({ id, line, Frame, run, awaits });
}

/** An environment: the variables of a block that closures share. */
export function $env<T extends object>(variables: T): T {
  return variables;
}

export type $Closure = ClosureCode;

/** The code of a closure. */
export function $code(id: string, factory: ClosureFactory, line: number): $Closure {
  return new ClosureCode(id, factory, line);
}

/** A closure: the function `code` makes of what it has captured. */
export function $clo(code: $Closure, environment: readonly object[], self: unknown): AnyFunction {
  return makeClosure(code, environment, self);
}

/** A class of a persistent module. */
export function $class(
  id: string,
  target: AnyClass,
  options: Omit<PersistableOptions, 'id'> = {},
): void {
  persistable(target, { ...options, id });
  markClass(id, target);
}

/** A function at module level, as a value. */
export function $function(id: string, f: AnyFunction): void {
  nameFunction(id, f);
}

const compiledFiles = new Set<string>();

/** Called first by every compiled module. */
export function $compiled(file: string): void {
  assert(!compiledFiles.has(file), `${file} is loaded twice`);
  compiledFiles.add(file);
}
