// Assignments, updates and deletes with an await in them: the object and the key are evaluated
// before the right side, the barrier is passed after it, in the same segment as the write.
import * as t from '@babel/types';

import { marked } from './barrier.ts';
import type { Context } from './context.ts';
import { invariant } from './errors.ts';
import { assign, assignment, not } from './nodes.ts';

/** The parts of an assignable place, evaluated. */
interface Place {
  readonly read: () => t.Expression;
  readonly write: () => t.LVal;
}

export function assignmentOf(
  cx: Context,
  node: t.AssignmentExpression,
  out: t.Statement[],
): t.Expression {
  const { lower } = cx.unit;
  const { left, operator } = node;
  if (t.isPattern(left)) {
    refuseAwaitIn(cx, left);
    node.right = lower.expression(cx, node.right, out);
    node.left = lower.target(cx, left);
    return node;
  }
  const place = placeOf(cx, left, cx.awaits(node.right) || operator !== '=', out);
  if (operator === '=') {
    node.right = lower.expression(cx, node.right, out);
    node.left = place.write();
    return node;
  }
  const result = cx.temporary();
  if (operator === '&&=' || operator === '||=' || operator === '??=') {
    out.push(assignment(result, place.read()));
    const inner: t.Statement[] = [];
    const right = lower.expression(cx, node.right, inner);
    inner.push(assignment(t.cloneNode(result), assign(place.write(), right)));
    const test = continues(operator, t.cloneNode(result));
    out.push(t.ifStatement(test, t.blockStatement(inner)));
    return t.cloneNode(result);
  }
  const binary = t.BINARY_OPERATORS.find((o) => `${o}=` === operator);
  invariant(isBinary(binary), `${operator} has a binary operator`);
  out.push(assignment(result, place.read()));
  const right = lower.expression(cx, node.right, out);
  return assign(place.write(), t.binaryExpression(binary, t.cloneNode(result), right));
}

/** `++`, `--` and `delete` of a member whose object or key awaits. */
export function updateOf(
  cx: Context,
  node: t.UpdateExpression | t.UnaryExpression,
  out: t.Statement[],
): t.Expression {
  const { argument } = node;
  if (!t.isMemberExpression(argument)) {
    return cx.unit.refuse(node, 'an await inside this operand', 'Assign it to a variable first');
  }
  const place = placeOf(cx, argument, false, out).write();
  invariant(t.isExpression(place), 'a member is an expression');
  node.argument = place;
  return node;
}

/** The test under which the right side of a logical operator is evaluated. */
export function continues(operator: string, left: t.Expression): t.Expression {
  if (operator.startsWith('&&')) return left;
  if (operator.startsWith('||')) return not(left);
  return t.binaryExpression('==', left, t.nullLiteral());
}

/** Refuses awaits in the defaults and keys of a destructuring pattern. */
export function refuseAwaitIn(cx: Context, pattern: t.Node): void {
  if (cx.awaits(pattern)) {
    cx.unit.refuse(
      pattern,
      'an await inside a destructuring pattern',
      'Assign the awaited value to a variable first',
    );
  }
}

/** Evaluates the object and the key of a place; `held`: an await comes before the write. */
function placeOf(cx: Context, node: t.Node, held: boolean, out: t.Statement[]): Place {
  const { lower } = cx.unit;
  if (t.isIdentifier(node)) {
    const variable = cx.variable(node);
    return {
      read: () => (variable ? cx.read(variable) : node),
      write: () => (variable ? cx.write(variable) : node),
    };
  }
  invariant(t.isMemberExpression(node), `${node.type} is a place`);
  if (t.isSuper(node.object)) {
    return cx.unit.refuse(node, 'an assignment to super', 'Assign to this');
  }
  const keep = (value: t.Expression): t.Expression => {
    if (t.isLiteral(value) && !t.isTemplateLiteral(value)) return value;
    const kept = cx.temporary();
    out.push(assignment(kept, value));
    return kept;
  };
  const keyAwaits = node.computed && cx.awaits(node.property);
  const isSelf = t.isThisExpression(node.object);
  let object = lower.expression(cx, node.object, out);
  if (!isSelf) object = keep(object);
  let key: t.Expression | t.PrivateName = node.property;
  if (node.computed && t.isExpression(key)) {
    key = lower.expression(cx, key, out);
    if (held || keyAwaits) key = keep(key);
  }
  const { computed } = node;
  const at = (base: t.Expression | t.Super): t.MemberExpression =>
    t.memberExpression(base, t.cloneNode(key), computed);
  return {
    read: () => at(t.cloneNode(object)),
    write: () => at(marked(cx, t.cloneNode(object))),
  };
}

type Binary = t.BinaryExpression['operator'];

function isBinary(operator: string | undefined): operator is Binary {
  return operator !== undefined && operator !== '|>';
}
