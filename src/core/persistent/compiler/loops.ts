// Loops. A loop whose test and update hold no await keeps its form; re-entry skips the test.
import * as t from '@babel/types';

import { record } from './bindings.ts';
import { type Context, runtime, type Target } from './context.ts';
import { forEach } from './for-each.ts';
import { assignment, at, blockOf, call, id, not, withLabels } from './nodes.ts';
import type { Block } from './scopes.ts';

/** A loop under its labels. */
export function loop(cx: Context, node: t.Loop, labels: readonly string[]): t.Statement[] {
  if (t.isWhileStatement(node)) return whileOf(cx, node, labels);
  if (t.isDoWhileStatement(node)) return doWhile(cx, node, labels);
  if (t.isForStatement(node)) return countedLoop(cx, node, labels);
  return cx.nested((depth) => forEach(cx, node, labels, depth));
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
  if (parts.update) all.push(...cx.unit.lower.statement(cx, t.expressionStatement(parts.update)));
  return [withLabels(labels, t.whileStatement(t.booleanLiteral(true), t.blockStatement(all)))];
}

/** `for (init; test; update)`: a captured variable is fresh in each iteration. */
function countedLoop(cx: Context, node: t.ForStatement, labels: readonly string[]): t.Statement[] {
  const block = cx.unit.scopes.block(node);
  const { test, update } = node;
  const setup = setupOf(cx, node, block);
  const copy = block && block.record !== '' ? copied(cx, block) : undefined;
  if (cx.awaits(test) || cx.awaits(update)) {
    const parts = { labels, test: test ?? null, body: node.body, update: update ?? null };
    const body = forever(cx, { ...parts, copy: copy ? [copy] : [] });
    return [t.blockStatement([...setup, ...body])];
  }
  const { lower } = cx.unit;
  const loweredTest = test ? lower.expression(cx, test, []) : null;
  const loweredUpdate = update ? lower.expression(cx, update, []) : undefined;
  const body = bodyOf(cx, { kind: 'loop', labels }, node.body);
  const head = isNative(cx, node, block) ? nativeHead(setup) : undefined;
  const step = sequenceOf(copy?.expression, loweredUpdate);
  const made = at(node, t.forStatement(head ?? null, loweredTest, step, body));
  const whole = withLabels(labels, made);
  return setup.length === 0 || head ? [whole] : [t.blockStatement([...setup, whole])];
}

/** Whether the variables of the head can stay in the head. */
function isNative(cx: Context, node: t.ForStatement, block: Block | undefined): boolean {
  return !cx.awaits(node) && (block?.variables.every((v) => v.home === 'native') ?? true);
}

function sequenceOf(first?: t.Expression, second?: t.Expression): t.Expression | null {
  if (first && second) return t.sequenceExpression([first, second]);
  return first ?? second ?? null;
}

/** What comes before the first round. */
function setupOf(cx: Context, node: t.ForStatement, block: Block | undefined): t.Statement[] {
  const { init } = node;
  const setup = block ? record(cx, block) : [];
  if (!init) return setup;
  const first = t.isVariableDeclaration(init) ? init : at(init, t.expressionStatement(init));
  setup.push(...cx.unit.lower.statement(cx, first));
  const captures = block !== undefined && block.record !== '' && hasFunction(init);
  if (captures) setup.push(copied(cx, block));
  return setup;
}

/** The head of a native `for`, when its setup is one statement. */
function nativeHead(setup: t.Statement[]): t.VariableDeclaration | t.Expression | undefined {
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

function bodyOf(cx: Context, target: Target, body: t.Statement): t.BlockStatement {
  return blockOf(cx.within(target, () => cx.unit.lower.statement(cx, body)));
}
