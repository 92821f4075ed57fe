// Leaving: `break`, `continue` and `return`. Native, except across a `finally`, where the jump is
// kept as a completion, and where a loop or switch lost its native form.
import * as t from '@babel/types';

import type { Context, Exit, Finalizer, Target } from './context.ts';
import { invariant } from './errors.ts';
import { assignment, blockOf, equals, id, number } from './nodes.ts';

/** How a `finally` was entered: 0 = its block ended, 1 = threw, 2 = returned, 3… = a jump. */
export const ENDED = 0;
export const THREW = 1;
const RETURNED = 2;

/** The statements that take an exit from here. */
export function leave(cx: Context, exit: Exit, value?: t.Expression): t.Statement[] {
  for (let i = cx.targets.length - 1; i >= 0; i--) {
    const entry = cx.targets[i];
    invariant(entry !== undefined, 'in range');
    if (entry.kind === 'finally') return complete(entry, exit, value);
    if (exit.kind !== 'return' && entry === exit.target) return [native(exit, entry)];
  }
  invariant(exit.kind === 'return', 'a jump has a target');
  return [t.returnStatement(value ?? null)];
}

/** After a finalizer: goes on as the completion says. */
export function dispatch(cx: Context, finalizer: Finalizer): t.Statement[] {
  const { completion, value, exits } = finalizer;
  const when = (code: number, then: t.Statement[]): t.Statement =>
    t.ifStatement(equals(completion(), number(code)), blockOf(then));
  return [
    when(THREW, [t.throwStatement(value())]),
    ...exits.map((exit, i) =>
      when(
        exit.kind === 'return' ? RETURNED : i + RETURNED + 1,
        leave(cx, exit, exit.kind === 'return' ? value() : undefined),
      ),
    ),
  ];
}

function complete(finalizer: Finalizer, exit: Exit, value?: t.Expression): t.Statement[] {
  const { exits, completion, label } = finalizer;
  let index = exits.findIndex((e) => same(e, exit));
  if (index < 0) index = exits.push(exit) - 1;
  const code = exit.kind === 'return' ? RETURNED : index + RETURNED + 1;
  const keep = value ? [assignment(finalizer.value(), value)] : [];
  return [
    t.blockStatement([
      ...keep,
      assignment(completion(), number(code)),
      t.breakStatement(id(label)),
    ]),
  ];
}

function same(a: Exit, b: Exit): boolean {
  if (a.kind === 'return' || b.kind === 'return') return a.kind === b.kind;
  return a.kind === b.kind && a.target === b.target && a.label === b.label;
}

function native(exit: Exit & { readonly target?: Target }, target: Target): t.Statement {
  invariant(exit.kind !== 'return', 'a return has no target');
  const label = exit.label === undefined ? null : id(exit.label);
  if (exit.kind === 'break') {
    if (target.kind === 'switch' && target.breakLabel !== undefined) {
      return t.breakStatement(id(target.breakLabel));
    }
    return t.breakStatement(label);
  }
  if (target.kind === 'loop' && target.continueLabel !== undefined) {
    return t.breakStatement(id(target.continueLabel));
  }
  return t.continueStatement(label);
}
