// `switch`. With awaits it becomes ordered ifs on the index of the matching case: fallthrough is
// "from this index on", `break` leaves the labelled block.
import * as t from '@babel/types';

import { record } from './bindings.ts';
import type { Context } from './context.ts';
import { assignment, at, blockOf, equals, id, number } from './nodes.ts';

export function switchOf(cx: Context, node: t.SwitchStatement): t.Statement[] {
  const suspends = cx.awaits(node);
  const block = cx.unit.scopes.block(node);
  const body = node.cases.flatMap((c) => c.consequent);
  const functions = body.filter((s) => t.isFunctionDeclaration(s));
  if (!suspends) {
    const discriminant = cx.unit.lower.expression(cx, node.discriminant, []);
    const opening = [...(block ? record(cx, block) : []), ...hoistedOf(cx, functions)];
    const cases = cx.within({ kind: 'switch' }, () =>
      node.cases.map((c) => {
        const test = c.test ? cx.unit.lower.expression(cx, c.test, []) : null;
        return t.switchCase(
          test,
          c.consequent.flatMap((s) => cx.unit.lower.statement(cx, s)),
        );
      }),
    );
    const made = at(node, t.switchStatement(discriminant, cases));
    return opening.length === 0 ? [made] : [t.blockStatement([...opening, made])];
  }
  return cx.nested((depth) => {
    const out: t.Statement[] = [];
    const index = cx.field(`$n${depth}`);
    const value = cx.unit.lower.expression(cx, node.discriminant, out);
    const subject = cx.temporary();
    out.push(assignment(subject, value));
    if (block) out.push(...record(cx, block));
    out.push(...hoistedOf(cx, functions), ...choose(cx, node, index, subject));
    const label = cx.label('$s');
    const cases = cx.within({ kind: 'switch', breakLabel: label }, () =>
      node.cases.map((c, i) =>
        t.ifStatement(
          t.binaryExpression('<=', t.cloneNode(index), number(i)),
          blockOf([t.blockStatement(c.consequent.flatMap((s) => cx.unit.lower.statement(cx, s)))]),
        ),
      ),
    );
    out.push(t.labeledStatement(id(label), t.blockStatement(cases)));
    return out;
  });
}

/** Sets the index of the case to start at: the first equal one, else the default, else none. */
function choose(
  cx: Context,
  node: t.SwitchStatement,
  index: t.MemberExpression,
  subject: t.Expression,
): t.Statement[] {
  const otherwise = node.cases.findIndex((c) => !c.test);
  const start = otherwise < 0 ? node.cases.length : otherwise;
  const out: t.Statement[] = [];
  let into = out;
  for (const [i, { test }] of node.cases.entries()) {
    if (!test) continue;
    const value = cx.unit.lower.expression(cx, test, into);
    const rest: t.Statement[] = [];
    const found = assignment(t.cloneNode(index), number(i));
    const isCase = equals(t.cloneNode(subject), value);
    into.push(t.ifStatement(isCase, t.blockStatement([found]), t.blockStatement(rest)));
    into = rest;
  }
  into.push(assignment(t.cloneNode(index), number(start)));
  return out;
}

function hoistedOf(cx: Context, functions: readonly t.Statement[]): t.Statement[] {
  return cx.unit.lower.scope(cx, t.emptyStatement(), functions);
}
