// Statements. What holds no await keeps its native form; what does becomes the small core that
// re-entry understands: blocks, ifs, loops with native tests, labels, try/catch and bare awaits.
import * as t from '@babel/types';

import { refuseAwaitIn } from './await-assignments.ts';
import { isDropped } from './awaits.ts';
import { bind, nativePattern, record, variablesOf } from './bindings.ts';
import type { Context, Exit } from './context.ts';
import { invariant } from './errors.ts';
import { form, type Form, lowerBy } from './forms.ts';
import { leave } from './jumps.ts';
import { loop } from './loops.ts';
import { assignment, at, blockOf, declare, undefinedValue, withLabels } from './nodes.ts';
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

const FORMS: readonly Form<[], t.Statement[]>[] = [
  form(
    (node) => t.isExpressionStatement(node),
    (cx, node) => {
      const out: t.Statement[] = [];
      const value = cx.unit.lower.expression(cx, node.expression, out);
      return isDropped(value) ? out : [...out, at(node, t.expressionStatement(value))];
    },
  ),
  form((node) => t.isVariableDeclaration(node), declaration),
  form(
    (node): node is t.FunctionDeclaration | t.EmptyStatement =>
      t.isFunctionDeclaration(node) || t.isEmptyStatement(node),
    () => [],
  ),
  form(
    (node) => t.isReturnStatement(node),
    (cx, node) => {
      const out: t.Statement[] = [];
      const value = node.argument ? cx.unit.lower.expression(cx, node.argument, out) : undefined;
      return [...out, ...leave(cx, { kind: 'return' }, value).map((s) => at(node, s))];
    },
  ),
  form(
    (node) => t.isThrowStatement(node),
    (cx, node) => {
      const out: t.Statement[] = [];
      const value = cx.unit.lower.expression(cx, node.argument, out);
      return [...out, at(node, t.throwStatement(value))];
    },
  ),
  form(
    (node): node is t.BreakStatement | t.ContinueStatement =>
      t.isBreakStatement(node) || t.isContinueStatement(node),
    jump,
  ),
  form(
    (node) => t.isIfStatement(node),
    (cx, node) => {
      const out: t.Statement[] = [];
      const test = cx.unit.lower.expression(cx, node.test, out);
      const consequent = blockOf(statement(cx, node.consequent));
      const alternate = node.alternate ? blockOf(statement(cx, node.alternate)) : null;
      return [...out, at(node, t.ifStatement(test, consequent, alternate))];
    },
  ),
  form(
    (node) => t.isBlockStatement(node),
    (cx, node) => [at(node, t.blockStatement(scopeOf(cx, node, node.body)))],
  ),
  form((node) => t.isLabeledStatement(node), labeled),
  form((node) => t.isSwitchStatement(node), switchOf),
  form((node) => t.isTryStatement(node), tryOf),
  form(
    (node) => t.isDebuggerStatement(node),
    (_, node) => [node],
  ),
  form(
    (node) => t.isLoop(node),
    (cx, node) => loop(cx, node, []),
  ),
];

function lowered(cx: Context, node: t.Statement): t.Statement[] {
  const statements = lowerBy(FORMS, cx, node);
  if (statements) return statements;
  return cx.unit.refuse(node, `${node.type} is not translated`, 'Write it another way');
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
