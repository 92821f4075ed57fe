// Expressions with an await: what is left of the await is saved, in evaluation order, and the
// await becomes a statement of its own. What remains is an expression without awaits; it may be
// `$s`, the value the last await gave, and must be used before the next await.
import * as t from '@babel/types';

import { assignmentOf, continues, updateOf } from './await-assignments.ts';
import { chainOfAwaits } from './chains.ts';
import type { Context } from './context.ts';
import { invariant } from './errors.ts';
import { barred, propertyOf } from './expressions.ts';
import { form, type Form, lowerBy } from './forms.ts';
import { assignment, at, id, SENT } from './nodes.ts';
import { superMember } from './super.ts';

type Operand = t.Expression | t.SpreadElement;

/** An expression that holds an await. */
export function awaiting(cx: Context, node: t.Expression, out: t.Statement[]): t.Expression {
  const value = lowerBy(FORMS, cx, node, out);
  if (value) return value;
  const replacement = 'Assign the awaited value to a variable first';
  return cx.unit.refuse(node, `an await inside ${node.type}`, replacement);
}

/** Lowers operands left to right; those before the last await are saved. */
function operands(cx: Context, nodes: readonly Operand[], out: t.Statement[]): Operand[] {
  const last = nodes.findLastIndex((n) => cx.awaits(n));
  return nodes.map((node, i) => {
    const value = t.isSpreadElement(node) ? node.argument : node;
    const lowered = cx.unit.lower.expression(cx, value, out);
    if (t.isSpreadElement(node)) {
      const all =
        i < last ? saved(cx, t.arrayExpression([t.spreadElement(lowered)]), out) : lowered;
      return t.spreadElement(all);
    }
    return i < last && !isStable(cx, node) ? saved(cx, lowered, out) : lowered;
  });
}

/** Keeps a value in a temporary of the frame. */
function saved(cx: Context, value: t.Expression, out: t.Statement[]): t.Expression {
  const kept = cx.temporary();
  out.push(assignment(kept, value));
  return t.cloneNode(kept);
}

/** Whether a value is the same before and after any await. */
function isStable(cx: Context, node: t.Expression): boolean {
  if (t.isLiteral(node)) return !t.isTemplateLiteral(node) && !t.isRegExpLiteral(node);
  if (t.isThisExpression(node)) return true;
  if (!t.isIdentifier(node)) return false;
  const variable = cx.variable(node);
  return variable === undefined || variable.constant;
}

function awaitOf(cx: Context, node: t.AwaitExpression, out: t.Statement[]): t.Expression {
  node.argument = cx.unit.lower.expression(cx, node.argument, out);
  out.push(at(node, t.expressionStatement(node)));
  return id(SENT);
}

function logical(cx: Context, node: t.LogicalExpression, out: t.Statement[]): t.Expression {
  const { lower } = cx.unit;
  const left = lower.expression(cx, node.left, out);
  if (!cx.awaits(node.right)) {
    node.left = left;
    node.right = lower.expression(cx, node.right, out);
    return node;
  }
  const result = cx.temporary();
  out.push(assignment(result, left));
  const inner: t.Statement[] = [];
  const right = lower.expression(cx, node.right, inner);
  inner.push(assignment(t.cloneNode(result), right));
  out.push(t.ifStatement(continues(node.operator, t.cloneNode(result)), t.blockStatement(inner)));
  return t.cloneNode(result);
}

function conditional(cx: Context, node: t.ConditionalExpression, out: t.Statement[]): t.Expression {
  const { lower } = cx.unit;
  const test = lower.expression(cx, node.test, out);
  if (!cx.awaits(node.consequent) && !cx.awaits(node.alternate)) {
    node.test = test;
    node.consequent = lower.expression(cx, node.consequent, out);
    node.alternate = lower.expression(cx, node.alternate, out);
    return node;
  }
  const result = cx.temporary();
  const branch = (value: t.Expression): t.BlockStatement => {
    const inner: t.Statement[] = [];
    const lowered = lower.expression(cx, value, inner);
    inner.push(assignment(t.cloneNode(result), lowered));
    return t.blockStatement(inner);
  };
  out.push(t.ifStatement(test, branch(node.consequent), branch(node.alternate)));
  return t.cloneNode(result);
}

function sequence(cx: Context, node: t.SequenceExpression, out: t.Statement[]): t.Expression {
  const values = [...node.expressions];
  const last = values.pop();
  invariant(last !== undefined, 'a sequence has a last value');
  for (const value of values) {
    const lowered = cx.unit.lower.expression(cx, value, out);
    if (!isDropped(lowered)) out.push(t.expressionStatement(lowered));
  }
  return cx.unit.lower.expression(cx, last, out);
}

/** Whether evaluating the value has no effect: what remains of an await, or a temporary. */
export function isDropped(value: t.Expression): boolean {
  if (t.isIdentifier(value)) return value.name === SENT;
  return (
    t.isMemberExpression(value) &&
    t.isIdentifier(value.object, { name: '$' }) &&
    t.isIdentifier(value.property) &&
    value.property.name.startsWith('$t')
  );
}

function memberOf(cx: Context, node: t.MemberExpression, out: t.Statement[]): t.Expression {
  if (t.isSuper(node.object)) {
    invariant(t.isExpression(node.property), 'no private names');
    node.property = cx.unit.lower.expression(cx, node.property, out);
    return superMember(cx, node);
  }
  if (!node.computed) {
    node.object = cx.unit.lower.expression(cx, node.object, out);
    return node;
  }
  invariant(t.isExpression(node.property), 'no private names');
  [node.object, node.property] = pair(operands(cx, [node.object, node.property], out));
  return node;
}

/** A call: the receiver before the arguments, the method looked up after the last await. */
function callOf(
  cx: Context,
  node: t.CallExpression | t.NewExpression,
  out: t.Statement[],
): t.Expression {
  const { callee } = node;
  const args = node.arguments.filter((a) => t.isExpression(a) || t.isSpreadElement(a));
  if (t.isMemberExpression(callee) && t.isCallExpression(node)) {
    const parts: Operand[] = [];
    if (!t.isSuper(callee.object)) parts.push(callee.object);
    if (callee.computed && t.isExpression(callee.property)) parts.push(callee.property);
    const lowered = operands(cx, [...parts, ...args], out);
    node.arguments = lowered.slice(parts.length);
    const values = lowered.slice(0, parts.length).filter((v) => t.isExpression(v));
    if (t.isSuper(callee.object)) return superMember(cx, callee, node);
    const [object, property] = values;
    invariant(object !== undefined, 'a method has a receiver');
    callee.object = object;
    if (property) callee.property = property;
    return barred(cx, node);
  }
  invariant(t.isExpression(callee), 'a callee is an expression');
  const [first, ...rest] = operands(cx, [callee, ...args], out);
  invariant(t.isExpression(first), 'a callee stays an expression');
  node.callee = first;
  node.arguments = rest;
  return node;
}

function arrayOf(cx: Context, node: t.ArrayExpression, out: t.Statement[]): t.Expression {
  const values = node.elements.filter((e) => e !== null);
  const lowered = operands(cx, values, out).values();
  node.elements = node.elements.map((e) => (e === null ? null : (lowered.next().value ?? null)));
  return node;
}

function objectOf(cx: Context, node: t.ObjectExpression, out: t.Statement[]): t.Expression {
  const last = node.properties.findLastIndex((p) => cx.awaits(p));
  const { lower } = cx.unit;
  const keep = (source: t.Expression, value: t.Expression, before: boolean): t.Expression =>
    before && !isStable(cx, source) ? saved(cx, value, out) : value;
  node.properties = node.properties.map((property, i) => {
    if (t.isSpreadElement(property)) {
      const value = lower.expression(cx, property.argument, out);
      const copy = t.objectExpression([t.spreadElement(value)]);
      return t.spreadElement(i < last ? saved(cx, copy, out) : value);
    }
    if (t.isObjectMethod(property) && !property.computed) return propertyOf(cx, property);
    if (property.computed && t.isExpression(property.key)) {
      const key = lower.expression(cx, property.key, out);
      const held = i < last || (t.isObjectProperty(property) && cx.awaits(property.value));
      property.key = keep(property.key, key, held);
    }
    if (t.isObjectMethod(property)) {
      const value = cx.unit.lower.closure(cx, property);
      invariant(t.isExpression(property.key), 'a key is an expression');
      return t.objectProperty(property.key, value, true);
    }
    invariant(t.isExpression(property.value), 'a property has a value');
    property.value = keep(property.value, lower.expression(cx, property.value, out), i < last);
    property.shorthand = false;
    return property;
  });
  return node;
}

function pair(values: readonly Operand[]): [t.Expression, t.Expression] {
  const [first, second] = values;
  invariant(t.isExpression(first) && t.isExpression(second), 'two operands');
  return [first, second];
}

const FORMS: readonly Form<[t.Statement[]], t.Expression>[] = [
  form((node) => t.isAwaitExpression(node), awaitOf),
  form((node) => t.isLogicalExpression(node), logical),
  form((node) => t.isConditionalExpression(node), conditional),
  form((node) => t.isAssignmentExpression(node), assignmentOf),
  form((node) => t.isUpdateExpression(node), updateOf),
  form((node) => t.isSequenceExpression(node), sequence),
  form((node) => t.isBinaryExpression(node), binary),
  form((node) => t.isUnaryExpression(node), unary),
  form((node) => t.isMemberExpression(node), memberOf),
  form(
    (node): node is t.CallExpression | t.NewExpression =>
      t.isCallExpression(node) || t.isNewExpression(node),
    callOf,
  ),
  form(
    (node): node is t.OptionalCallExpression | t.OptionalMemberExpression =>
      t.isOptionalCallExpression(node) || t.isOptionalMemberExpression(node),
    chainOfAwaits,
  ),
  form((node) => t.isArrayExpression(node), arrayOf),
  form((node) => t.isObjectExpression(node), objectOf),
  form((node) => t.isTemplateLiteral(node), template),
];

function binary(cx: Context, node: t.BinaryExpression, out: t.Statement[]): t.Expression {
  invariant(t.isExpression(node.left), 'no private name is left of in');
  [node.left, node.right] = pair(operands(cx, [node.left, node.right], out));
  return node;
}

function unary(cx: Context, node: t.UnaryExpression, out: t.Statement[]): t.Expression {
  if (node.operator === 'delete') return updateOf(cx, node, out);
  node.argument = cx.unit.lower.expression(cx, node.argument, out);
  return node;
}

function template(cx: Context, node: t.TemplateLiteral, out: t.Statement[]): t.Expression {
  const parts = node.expressions.filter((e) => t.isExpression(e));
  node.expressions = operands(cx, parts, out).filter((e) => t.isExpression(e));
  return node;
}
