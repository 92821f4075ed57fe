// `try`. No native `finally` survives: a suspension would run it, and so would an AssertionError,
// which is no failure of a workflow. A handler with awaits moves behind its try, so that it can be
// entered again.
import * as t from '@babel/types';

import { bind, record } from './bindings.ts';
import type { Context, Finalizer } from './context.ts';
import { runtime } from './context.ts';
import { dispatch, ENDED, THREW } from './jumps.ts';
import { assignment, call, declare, id, number, undefinedValue } from './nodes.ts';

/** The error as the native catch names it. */
const CAUGHT = '$x';

export function tryOf(cx: Context, node: t.TryStatement): t.Statement[] {
  return cx.nested((depth) =>
    node.finalizer ? finallyOf(cx, node, node.finalizer, depth) : caught(cx, node, depth),
  );
}

function caught(cx: Context, node: t.TryStatement, depth: number): t.Statement[] {
  const body = cx.unit.lower.scope(cx, node.block, node.block.body);
  const { handler } = node;
  if (!handler) return [t.blockStatement(body)];
  const pass = t.expressionStatement(call(runtime(cx.unit, '$pass'), id(CAUGHT)));
  if (!cx.awaits(handler)) {
    const inner = [pass, ...handlerOf(cx, handler, id(CAUGHT))];
    const clause = t.catchClause(id(CAUGHT), t.blockStatement(inner));
    return [t.tryStatement(t.blockStatement(body), clause)];
  }
  const label = cx.label('$h');
  const error = cx.field(`$x${depth}`);
  const keep = assignment(error, id(CAUGHT));
  const clause = t.catchClause(id(CAUGHT), t.blockStatement([pass, keep]));
  const guarded = t.blockStatement([...body, t.breakStatement(id(label))]);
  const all = [t.tryStatement(guarded, clause), ...handlerOf(cx, handler, t.cloneNode(error))];
  return [t.labeledStatement(id(label), t.blockStatement(all))];
}

function handlerOf(cx: Context, handler: t.CatchClause, error: t.Expression): t.Statement[] {
  const block = cx.unit.scopes.block(handler);
  const out = block ? record(cx, block) : [];
  if (handler.param) bind(cx, handler.param, error, out);
  return [...out, ...cx.unit.lower.scope(cx, t.emptyStatement(), handler.body.body)];
}

function finallyOf(
  cx: Context,
  node: t.TryStatement,
  finalizer: t.BlockStatement,
  depth: number,
): t.Statement[] {
  const suspends = cx.awaits(node);
  const place = (prefix: string): (() => t.LVal & t.Expression) =>
    suspends ? () => cx.field(`${prefix}${depth}`) : () => id(`${prefix}${depth}`);
  const entry: Finalizer = {
    kind: 'finally',
    label: cx.label('$f'),
    completion: place('$k'),
    value: place('$v'),
    exits: [],
  };
  const body = cx.within(entry, () =>
    node.handler ? caught(cx, node, depth) : cx.unit.lower.scope(cx, node.block, node.block.body),
  );
  const pass = t.expressionStatement(call(runtime(cx.unit, '$pass'), id(CAUGHT)));
  const clause = t.catchClause(
    id(CAUGHT),
    t.blockStatement([
      pass,
      assignment(entry.completion(), number(THREW)),
      assignment(entry.value(), id(CAUGHT)),
    ]),
  );
  const opening = suspends
    ? [assignment(entry.completion(), number(ENDED)), assignment(entry.value(), undefinedValue())]
    : [declare('let', `$k${depth}`, number(ENDED)), declare('let', `$v${depth}`)];
  const last = t.blockStatement(cx.unit.lower.scope(cx, finalizer, finalizer.body));
  const tried = t.tryStatement(t.blockStatement(body), clause);
  const all = [
    ...opening,
    t.labeledStatement(id(entry.label), tried),
    last,
    ...dispatch(cx, entry),
  ];
  return suspends ? all : [t.blockStatement(all)];
}
