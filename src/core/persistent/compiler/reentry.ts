// Re-entry. A body starts at the top each time; `$r` is the await it resumes at, 0 when it runs.
//
// [R1] Awaits are numbered in the order of the lowered body; a statement holds a range of numbers.
// [R2] In a list, what holds no await runs only when `$r` is 0; what holds awaits is entered when
//      `$r` is at most its last. After the last await of a list `$r` is always 0.
// [R3] A test on the way to the await is not evaluated again: the range decides.
import * as t from '@babel/types';

import { invariant } from './errors.ts';
import {
  assign,
  at,
  blockOf,
  call,
  declare,
  equals,
  FRAME,
  id,
  member,
  number,
  SENT,
} from './nodes.ts';

const RESUMING = '$r';
const numbers = new WeakMap<t.AwaitExpression, number>();

/** The awaits of a lowered body in order; each learns its number. */
export function numberAwaits(body: readonly t.Statement[]): t.AwaitExpression[] {
  const found: t.AwaitExpression[] = [];
  for (const statement of body) {
    t.traverseFast(statement, (node) => {
      if (t.isAwaitExpression(node)) numbers.set(node, found.push(node));
    });
  }
  return found;
}

/** The body as a function that can be entered at any of its awaits. */
export function reenter(body: t.Statement[]): t.Statement[] {
  if (!body.some((s) => last(s) > 0)) return body;
  return [declare('let', RESUMING, member(id(FRAME), '$pc')), ...list(body)];
}

/** The bare await of the core, if the statement is one. */
export function bareAwait(node: t.Statement): t.AwaitExpression | undefined {
  return t.isExpressionStatement(node) && t.isAwaitExpression(node.expression)
    ? node.expression
    : undefined;
}

function list(statements: readonly t.Statement[]): t.Statement[] {
  const final = statements.findLastIndex((s) => last(s) > 0);
  const out: t.Statement[] = [];
  let fresh: t.Statement[] = [];
  const flush = (): void => {
    if (fresh.length > 0) out.push(t.ifStatement(running(), t.blockStatement(fresh)));
    fresh = [];
  };
  for (const [i, statement] of statements.entries()) {
    if (i > final) out.push(statement);
    else if (last(statement) === 0) fresh.push(statement);
    else {
      flush();
      const entered = suspending(statement);
      out.push(i === final ? entered : t.ifStatement(upTo(last(statement)), blockOf([entered])));
    }
  }
  return out;
}

function suspending(node: t.Statement): t.Statement {
  const bare = bareAwait(node);
  if (bare) return point(bare);
  if (t.isBlockStatement(node)) return at(node, block(node));
  if (t.isIfStatement(node)) return branch(node);
  if (t.isTryStatement(node)) return at(node, t.tryStatement(block(node.block), node.handler));
  if (t.isLabeledStatement(node)) {
    return at(node, t.labeledStatement(node.label, suspending(node.body)));
  }
  if (t.isWhileStatement(node)) {
    return at(node, t.whileStatement(loopTest(node.test), block(node.body)));
  }
  if (t.isDoWhileStatement(node)) {
    return at(node, t.doWhileStatement(node.test, block(node.body)));
  }
  invariant(t.isForStatement(node) && !node.init, `${node.type} holds no await after lowering`);
  const test = node.test ? loopTest(node.test) : null;
  return at(node, t.forStatement(null, test, node.update, block(node.body)));
}

/** `if ($r === 0) { wait } else { go on with what was sent }` */
function point(node: t.AwaitExpression): t.Statement {
  const pc = numbers.get(node) ?? 0;
  const wait = assign(id(SENT), call('$aw', id(FRAME), number(pc), node.argument));
  const pending = equals(at(node, wait), id('$P'));
  return at(
    node,
    t.ifStatement(
      running(),
      t.blockStatement([t.ifStatement(pending, t.returnStatement(id('$P')))]),
      t.blockStatement([
        t.expressionStatement(assign(id(RESUMING), number(0))),
        t.ifStatement(id('$m'), at(node, t.throwStatement(id(SENT)))),
      ]),
    ),
  );
}

function branch(node: t.IfStatement): t.Statement {
  const { test, consequent, alternate } = node;
  const then = last(consequent);
  const otherwise = alternate ? last(alternate) : 0;
  let entry: t.Expression = t.logicalExpression('||', resuming(), test);
  if (then === 0) entry = t.logicalExpression('&&', running(), test);
  else if (otherwise > 0) entry = t.conditionalExpression(running(), test, upTo(then));
  return at(node, t.ifStatement(entry, block(consequent), alternate ? block(alternate) : null));
}

function block(node: t.Statement): t.BlockStatement {
  return t.blockStatement(list(t.isBlockStatement(node) ? node.body : [node]));
}

function loopTest(test: t.Expression): t.Expression {
  if (t.isBooleanLiteral(test, { value: true })) return test;
  return t.logicalExpression('||', resuming(), test);
}

function running(): t.Expression {
  return equals(id(RESUMING), number(0));
}

function resuming(): t.Expression {
  return t.binaryExpression('!==', id(RESUMING), number(0));
}

function upTo(pc: number): t.Expression {
  return t.binaryExpression('<=', id(RESUMING), number(pc));
}

/** The number of the last await in a statement, 0 when it holds none. */
function last(node: t.Statement): number {
  let found = 0;
  t.traverseFast(node, (n) => {
    if (t.isAwaitExpression(n)) found = Math.max(found, numbers.get(n) ?? 0);
  });
  return found;
}
