// Statements. What holds no await keeps its native form; what does becomes the small core that
// re-entry understands: blocks, ifs, loops with native tests, labels, try/catch and bare awaits.
import * as t from '@babel/types';

import { refuseAwaitIn } from './await-assignments.ts';
import { isDropped } from './awaits.ts';
import type { Context, Exit } from './context.ts';
import { runtime } from './context.ts';
import { invariant } from './errors.ts';
import { leave } from './jumps.ts';
import { loop } from './loops.ts';
import { assignment, at, blockOf, call, declare, id, undefinedValue } from './nodes.ts';
import type { Block, Variable } from './scopes.ts';
import { switchOf } from './switches.ts';
import { tryOf } from './tries.ts';

/** The statements that one statement becomes. */
export function statement(cx: Context, node: t.Statement): t.Statement[] {
  return cx.statement(() => lowered(cx, node)).map((s) => (s.loc ? s : at(node, s)));
}

/** The statements of a scope: its environment record, its hoisted functions, its body. */
export function scopeOf(cx: Context, node: t.Node, body: readonly t.Statement[]): t.Statement[] {
  const block = cx.unit.scopes.block(node);
  const opening = block ? record(cx, block) : [];
  return [...opening, ...hoisted(cx, body), ...body.flatMap((s) => statement(cx, s))];
}

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
export function bind(
  cx: Context,
  pattern: t.LVal,
  value: t.Expression,
  out: t.Statement[],
  kind: 'let' | 'const' = 'let',
): void {
  refuseAwaitIn(cx, pattern);
  const variables = variablesOf(cx, pattern);
  if (variables.every((v) => v.home === 'native')) {
    out.push(declare(kind, nativePattern(cx, pattern), value));
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
function nativePattern(cx: Context, pattern: t.LVal): t.LVal {
  return t.isIdentifier(pattern) ? pattern : cx.unit.lower.target(cx, pattern);
}

function hoisted(cx: Context, body: readonly t.Statement[]): t.Statement[] {
  const out: t.Statement[] = [];
  for (const node of body) {
    if (!t.isFunctionDeclaration(node) || !node.id) continue;
    const variable = cx.variable(node.id);
    invariant(variable !== undefined, 'an inner function is a local variable');
    const { name } = node.id;
    const value = cx.unit.lower.closure(cx, node, name);
    out.push(
      variable.home === 'native'
        ? declare('let', name, value)
        : assignment(cx.write(variable), value),
    );
  }
  return out;
}

function lowered(cx: Context, node: t.Statement): t.Statement[] {
  const { lower } = cx.unit;
  const out: t.Statement[] = [];
  switch (node.type) {
    case 'ExpressionStatement': {
      const value = lower.expression(cx, node.expression, out);
      if (!isDropped(value)) out.push(at(node, t.expressionStatement(value)));
      return out;
    }
    case 'VariableDeclaration':
      return declaration(cx, node);
    case 'FunctionDeclaration':
    case 'EmptyStatement':
      return [];
    case 'ReturnStatement': {
      const value = node.argument ? lower.expression(cx, node.argument, out) : undefined;
      return [...out, ...leave(cx, { kind: 'return' }, value).map((s) => at(node, s))];
    }
    case 'ThrowStatement': {
      const value = lower.expression(cx, node.argument, out);
      return [...out, at(node, t.throwStatement(value))];
    }
    case 'BreakStatement':
    case 'ContinueStatement':
      return jump(cx, node);
    case 'IfStatement': {
      const test = lower.expression(cx, node.test, out);
      const consequent = blockOf(statement(cx, node.consequent));
      const alternate = node.alternate ? blockOf(statement(cx, node.alternate)) : null;
      return [...out, at(node, t.ifStatement(test, consequent, alternate))];
    }
    case 'BlockStatement':
      return [at(node, t.blockStatement(scopeOf(cx, node, node.body)))];
    case 'LabeledStatement':
      return labeled(cx, node);
    case 'SwitchStatement':
      return switchOf(cx, node);
    case 'TryStatement':
      return tryOf(cx, node);
    case 'DebuggerStatement':
      return [node];
    default:
      if (t.isLoop(node)) return loop(cx, node, []);
      return cx.unit.refuse(node, `${node.type} is not translated`, 'Write it another way');
  }
}

function declaration(cx: Context, node: t.VariableDeclaration): t.Statement[] {
  const out: t.Statement[] = [];
  const { kind } = node;
  if (kind !== 'var' && kind !== 'let' && kind !== 'const') {
    return cx.unit.refuse(node, `a ${kind} declaration`, 'Release the resource in a finally');
  }
  for (const { id: pattern, init } of node.declarations) {
    invariant(t.isLVal(pattern), 'a declaration binds a pattern');
    if (init) refuseAwaitIn(cx, pattern);
    const natives = variablesOf(cx, pattern).every((v) => v.home === 'native');
    if (natives) {
      const value = init ? cx.unit.lower.expression(cx, init, out) : null;
      const target = nativePattern(cx, pattern);
      out.push(at(node, t.variableDeclaration(kind, [t.variableDeclarator(target, value)])));
    } else if (init) {
      const value = cx.unit.lower.expression(cx, init, out);
      bind(cx, pattern, value, out);
    } else if (kind === 'let') {
      out.push(assignment(cx.unit.lower.target(cx, pattern), undefinedValue()));
    }
  }
  return out.map((s) => (s.loc ? s : at(node, s)));
}

function jump(cx: Context, node: t.BreakStatement | t.ContinueStatement): t.Statement[] {
  const kind = t.isBreakStatement(node) ? 'break' : 'continue';
  const label = node.label?.name;
  const target = cx.targets.findLast((entry) => {
    if (entry.kind === 'finally') return false;
    if (label !== undefined) return entry.kind !== 'switch' && entry.labels.includes(label);
    return entry.kind === 'loop' || (kind === 'break' && entry.kind === 'switch');
  });
  invariant(target !== undefined, 'the parser checked the jump');
  const exit: Exit = { kind, target, ...(label === undefined ? {} : { label }) };
  return leave(cx, exit).map((s) => at(node, s));
}

function labeled(cx: Context, node: t.LabeledStatement): t.Statement[] {
  const labels = [node.label.name];
  let { body } = node;
  for (; t.isLabeledStatement(body); body = body.body) labels.push(body.label.name);
  if (t.isLoop(body)) return loop(cx, body, labels);
  const inner = cx.within({ kind: 'block', labels }, () => statement(cx, body));
  return [withLabels(labels, blockOf(inner))];
}

/** The statement under its labels. */
export function withLabels(labels: readonly string[], body: t.Statement): t.Statement {
  let result = body;
  for (const label of labels.toReversed()) result = t.labeledStatement(id(label), result);
  return result;
}
