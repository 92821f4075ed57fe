// Loops. A loop whose test and update hold no await keeps its form; re-entry skips the test.
import * as t from '@babel/types';

import type { Context, Target } from './context.ts';
import { runtime } from './context.ts';
import { invariant } from './errors.ts';
import { assignment, at, blockOf, call, declare, id, member, not } from './nodes.ts';
import type { Block } from './scopes.ts';
import { bind, record, statement, variablesOf, withLabels } from './statements.ts';

/** A loop under its labels. */
export function loop(cx: Context, node: t.Loop, labels: readonly string[]): t.Statement[] {
  switch (node.type) {
    case 'WhileStatement':
      return whileOf(cx, node, labels);
    case 'DoWhileStatement':
      return doWhile(cx, node, labels);
    case 'ForStatement':
      return forOf3(cx, node, labels);
    default:
      return cx.nested((depth) => forEach(cx, node, labels, depth));
  }
}

function whileOf(cx: Context, node: t.WhileStatement, labels: readonly string[]): t.Statement[] {
  if (cx.awaits(node.test)) {
    return forever(cx, { labels, test: node.test, body: node.body, update: null });
  }
  const test = cx.unit.lower.expression(cx, node.test, []);
  const body = bodyOf(cx, { kind: 'loop', labels }, node.body);
  return [withLabels(labels, at(node, t.whileStatement(test, body)))];
}

function doWhile(cx: Context, node: t.DoWhileStatement, labels: readonly string[]): t.Statement[] {
  if (!cx.awaits(node.test)) {
    const test = cx.unit.lower.expression(cx, node.test, []);
    const body = bodyOf(cx, { kind: 'loop', labels }, node.body);
    return [withLabels(labels, at(node, t.doWhileStatement(test, body)))];
  }
  const continueLabel = cx.label('$c');
  const body = bodyOf(cx, { kind: 'loop', labels, continueLabel }, node.body);
  const all: t.Statement[] = [t.labeledStatement(id(continueLabel), body)];
  const test = cx.unit.lower.expression(cx, node.test, all);
  all.push(t.ifStatement(not(test), t.breakStatement()));
  return [withLabels(labels, t.whileStatement(t.booleanLiteral(true), t.blockStatement(all)))];
}

interface Forever {
  readonly labels: readonly string[];
  readonly test: t.Expression | null;
  readonly body: t.Statement;
  readonly update: t.Expression | null;
  readonly copy?: t.Statement[];
}

/** A loop whose test or update awaits: both move into the body. */
function forever(cx: Context, parts: Forever): t.Statement[] {
  const all: t.Statement[] = [];
  const { labels } = parts;
  if (parts.test) {
    const test = cx.unit.lower.expression(cx, parts.test, all);
    all.push(t.ifStatement(not(test), t.breakStatement()));
  }
  const continueLabel = cx.label('$c');
  const body = bodyOf(cx, { kind: 'loop', labels, continueLabel }, parts.body);
  all.push(t.labeledStatement(id(continueLabel), body), ...(parts.copy ?? []));
  if (parts.update) all.push(...statement(cx, t.expressionStatement(parts.update)));
  return [withLabels(labels, t.whileStatement(t.booleanLiteral(true), t.blockStatement(all)))];
}

/** `for (init; test; update)`: a captured variable is fresh in each iteration. */
function forOf3(cx: Context, node: t.ForStatement, labels: readonly string[]): t.Statement[] {
  const block = cx.unit.scopes.block(node);
  const native = block?.variables.every((v) => v.home === 'native') ?? true;
  const { init, test, update } = node;
  const out: t.Statement[] = [];
  const simple = native && !cx.awaits(init) && !cx.awaits(test) && !cx.awaits(update);
  const setup: t.Statement[] = block ? record(cx, block) : [];
  if (t.isVariableDeclaration(init)) setup.push(...statement(cx, init));
  else if (init) setup.push(...statement(cx, at(init, t.expressionStatement(init))));
  if (init && hasFunction(init) && block?.record) setup.push(copied(cx, block));
  const copy = block?.record ? [copied(cx, block)] : [];
  if (cx.awaits(test) || cx.awaits(update)) {
    const body = forever(cx, {
      labels,
      test: test ?? null,
      body: node.body,
      update: update ?? null,
      copy,
    });
    return [t.blockStatement([...setup, ...body])];
  }
  const lowerPart = (part: t.Expression | null | undefined): t.Expression | null =>
    part ? cx.unit.lower.expression(cx, part, out) : null;
  const loweredTest = lowerPart(test);
  let loweredUpdate = lowerPart(update);
  for (const { expression } of copy) {
    loweredUpdate = loweredUpdate ? t.sequenceExpression([expression, loweredUpdate]) : expression;
  }
  invariant(out.length === 0, 'an await-free test stays an expression');
  const body = bodyOf(cx, { kind: 'loop', labels }, node.body);
  const first = simple ? nativeInit(setup) : undefined;
  const made = at(node, t.forStatement(first ?? null, loweredTest, loweredUpdate, body));
  const whole = withLabels(labels, made);
  if (setup.length === 0 || first) return [whole];
  return [t.blockStatement([...setup, whole])];
}

/** The head of a native `for`, when its setup is one statement. */
function nativeInit(setup: t.Statement[]): t.VariableDeclaration | t.Expression | undefined {
  const [only] = setup;
  if (
    t.isVariableDeclaration(only) &&
    setup.every((s) => t.isVariableDeclaration(s, { kind: only.kind }))
  ) {
    const all = setup.filter((s) => t.isVariableDeclaration(s));
    return t.variableDeclaration(
      only.kind,
      all.flatMap((s) => s.declarations),
    );
  }
  if (setup.length === 1 && t.isExpressionStatement(only)) return only.expression;
  return undefined;
}

function copied(cx: Context, block: Block): t.ExpressionStatement {
  const fields = block.variables.filter((v) => v.home === 'env');
  const values = fields.map((v) => t.objectProperty(id(v.field), cx.read(v)));
  const copy = call(runtime(cx.unit, '$env'), t.objectExpression(values));
  return assignment(cx.record(block), copy);
}

function hasFunction(node: t.Node): boolean {
  let found = false;
  t.traverseFast(node, (n) => {
    if (t.isFunction(n)) found = true;
  });
  return found;
}

type ForEach = t.ForOfStatement | t.ForInStatement;

function forEach(
  cx: Context,
  node: ForEach,
  labels: readonly string[],
  depth: number,
): t.Statement[] {
  const out: t.Statement[] = [];
  const block = cx.unit.scopes.block(node);
  const subject = cx.unit.lower.expression(cx, node.right, out);
  const opening = block ? record(cx, block) : [];
  const { left } = node;
  const bodyStatements = (value: t.Expression): t.Statement[] => {
    const bound: t.Statement[] = [];
    if (t.isVariableDeclaration(left)) {
      const pattern = left.declarations[0]?.id;
      invariant(t.isLVal(pattern), 'a loop binds a pattern');
      bind(cx, pattern, value, bound);
    } else bound.push(assignment(cx.unit.lower.target(cx, left), value));
    const inner = cx.within({ kind: 'loop', labels }, () => statement(cx, node.body));
    return [...opening, ...bound, ...inner];
  };
  if (!cx.awaits(node.body)) {
    const simple =
      t.isVariableDeclaration(left) &&
      variablesOf(cx, left).every((v) => v.home === 'native') &&
      opening.length === 0;
    const value = `$v${depth}`;
    const head = simple ? nativeHead(cx, left) : declare('const', value);
    const body = simple
      ? bodyOf(cx, { kind: 'loop', labels }, node.body)
      : blockOf(bodyStatements(id(value)));
    const made = t.isForOfStatement(node)
      ? t.forOfStatement(head, subject, body)
      : t.forInStatement(head, subject, body);
    return [...out, withLabels(labels, at(node, made))];
  }
  const iterator = cx.field(`$i${depth}`);
  const source = t.isForOfStatement(node) ? '$iterate' : '$keys';
  out.push(assignment(iterator, call(runtime(cx.unit, source), subject)));
  const more = call(member(t.cloneNode(iterator), '$more'));
  const body = blockOf(bodyStatements(member(t.cloneNode(iterator), '$value')));
  return [...out, withLabels(labels, at(node, t.whileStatement(more, body)))];
}

function nativeHead(cx: Context, left: t.VariableDeclaration): t.VariableDeclaration {
  const [declarator] = left.declarations;
  invariant(declarator !== undefined && t.isLVal(declarator.id), 'a loop binds a pattern');
  const { id: pattern } = declarator;
  if (!t.isIdentifier(pattern)) declarator.id = cx.unit.lower.target(cx, pattern);
  return left;
}

function bodyOf(cx: Context, target: Target, body: t.Statement): t.BlockStatement {
  return blockOf(cx.within(target, () => statement(cx, body)));
}
