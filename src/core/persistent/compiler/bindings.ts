// Bindings: environment records of scopes, and patterns that receive a value.
import * as t from '@babel/types';

import { refuseAwaitIn } from './await-assignments.ts';
import { type Context, runtime } from './context.ts';
import { assignment, call, declare, id, undefinedValue } from './nodes.ts';
import type { Block, Variable } from './scopes.ts';

/** Creates the environment record of a scope, if it has one. */
export function record(cx: Context, block: Block): t.Statement[] {
  if (block.record === '') return [];
  const captured = block.variables.filter((v) => v.home === 'env');
  const made = call(
    runtime(cx.unit, '$env'),
    t.objectExpression(captured.map((v) => t.objectProperty(id(v.field), undefinedValue()))),
  );
  const target = cx.record(block);
  return [t.isIdentifier(target) ? declare('let', target, made) : assignment(target, made)];
}

/** Gives the bindings of a pattern their value. */
export function bind(cx: Context, pattern: t.LVal, value: t.Expression, out: t.Statement[]): void {
  refuseAwaitIn(cx, pattern);
  const variables = variablesOf(cx, pattern);
  if (variables.every((v) => v.home === 'native')) {
    out.push(declare('let', nativePattern(cx, pattern), value));
    return;
  }
  for (const v of variables) if (v.home === 'native') out.push(declare('let', v.name));
  out.push(assignment(cx.unit.lower.target(cx, pattern), value));
}

/** The variables that a pattern binds. */
export function variablesOf(cx: Context, pattern: t.Node): Variable[] {
  const found: Variable[] = [];
  t.traverseFast(pattern, (n) => {
    const variable = t.isIdentifier(n) ? cx.variable(n) : undefined;
    if (variable && t.isIdentifier(n) && binds(pattern, n)) found.push(variable);
  });
  return found;
}

function binds(pattern: t.Node, node: t.Identifier): boolean {
  return Object.values(t.getBindingIdentifiers(pattern)).includes(node);
}

/** A pattern of native variables: only its defaults and keys are rewritten. */
export function nativePattern(cx: Context, pattern: t.LVal): t.LVal {
  return t.isIdentifier(pattern) ? pattern : cx.unit.lower.target(cx, pattern);
}
