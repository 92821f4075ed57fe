// The runtime as a program under test sees it: `$aw` also says when a function has suspended.
import { AssertionError } from '#core/base/assert.ts';
import { $aw as wait, type $Frame, $P } from '#core/persistent/engine/compiled.ts';

export * from '#core/persistent/engine/compiled.ts';

/** Ends a turn in its middle. No `catch` and no `finally` of the program sees it. */
export class Killed extends AssertionError {}

let onSuspended: (where: string) => void = () => undefined;

/** From now on `listener` hears of every suspension, by the place of its await. */
export function watchSuspensions(listener: (where: string) => void): void {
  onSuspended = listener;
}

export function $aw(frame: $Frame, pc: number, value: unknown): unknown {
  const outcome = wait(frame, pc, value);
  if (outcome === $P) onSuspended(whereIs(frame, pc));
  return outcome;
}

function whereIs({ $code: code }: $Frame, pc: number): string {
  const point = code?.points[pc - 1];
  return point === undefined || code === undefined
    ? 'an await'
    : `${code.file}:${point.line}:${point.column} "${point.text}"`;
}
