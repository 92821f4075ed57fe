// `for…of` and `for…in`. With an await inside they step a cursor that can be persisted.
import * as t from '@babel/types';

import { bind, record, variablesOf } from './bindings.ts';
import { type Context, runtime } from './context.ts';
import { invariant } from './errors.ts';
import { assignment, at, blockOf, call, declare, id, member, withLabels } from './nodes.ts';

type ForEach = t.ForOfStatement | t.ForInStatement;

export function forEach(
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
    const inner = cx.within({ kind: 'loop', labels }, () => cx.unit.lower.statement(cx, node.body));
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
      ? blockOf(cx.within({ kind: 'loop', labels }, () => cx.unit.lower.statement(cx, node.body)))
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
