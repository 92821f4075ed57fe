// Expressions without an await: rewritten in place, native control flow kept.
import * as t from '@babel/types';

import { isMutator, isObjectAssign, marked } from './barrier.ts';
import { chainBarrier } from './chains.ts';
import type { Context } from './context.ts';
import { invariant } from './errors.ts';
import { form, type Form, lowerBy } from './forms.ts';
import { at, call, replaceChildren } from './nodes.ts';
import { superMember } from './super.ts';

const DELETE = { operator: 'delete' } as const;

/** An expression that holds no await. */
export function plain(cx: Context, node: t.Expression): t.Expression {
  const result = rewrite(cx, node);
  invariant(t.isExpression(result), 'an expression stays an expression');
  return result;
}

/** Any part of an await-free expression: spread elements, object members, template parts. */
function rewrite(cx: Context, node: t.Node): t.Node {
  const special = lowerBy(FORMS, cx, node);
  if (special) return special;
  replaceChildren(node, (child) => rewrite(cx, child));
  if (t.isObjectProperty(node)) node.shorthand = false;
  return node;
}

const FORMS: readonly Form<[], t.Node>[] = [
  form(
    (node) => t.isIdentifier(node),
    (cx, node) => {
      const variable = cx.variable(node);
      return variable && variable.home !== 'native' ? at(node, cx.read(variable)) : node;
    },
  ),
  form(
    (node) => t.isThisExpression(node),
    (cx, node) => at(node, t.cloneNode(cx.self)),
  ),
  form(
    (node): node is t.ArrowFunctionExpression | t.FunctionExpression =>
      t.isArrowFunctionExpression(node) || t.isFunctionExpression(node),
    (cx, node) => cx.unit.lower.closure(cx, node),
  ),
  form(
    (node) => t.isAssignmentExpression(node),
    (cx, node) => {
      node.left = cx.unit.lower.target(cx, node.left);
      node.right = plain(cx, node.right);
      return node;
    },
  ),
  form(
    (node) => t.isUpdateExpression(node),
    (cx, node) => {
      const argument = cx.unit.lower.target(cx, node.argument);
      invariant(t.isExpression(argument), 'an updated variable can be read');
      node.argument = argument;
      return node;
    },
  ),
  form((node): node is t.UnaryExpression => t.isUnaryExpression(node, DELETE), deletion),
  form((node) => t.isCallExpression(node), callOf),
  form(
    (node): node is t.OptionalCallExpression | t.OptionalMemberExpression =>
      t.isOptionalCallExpression(node) || t.isOptionalMemberExpression(node),
    (cx, node) => chainBarrier(cx, node, (part) => rewrite(cx, part)),
  ),
  form(
    (node): node is t.MemberExpression => t.isMemberExpression(node) && t.isSuper(node.object),
    (cx, node) => superMember(cx, node),
  ),
  form((node) => t.isObjectMethod(node), propertyOf),
];

/** `{ m() {} }` as a property whose value is a closure. */
export function propertyOf(cx: Context, node: t.ObjectMethod): t.ObjectProperty {
  const key = node.computed ? rewrite(cx, node.key) : node.key;
  invariant(t.isExpression(key), 'a key is an expression');
  return t.objectProperty(key, cx.unit.lower.closure(cx, node), node.computed);
}

function deletion(cx: Context, node: t.UnaryExpression): t.Expression {
  if (t.isOptionalMemberExpression(node.argument)) {
    return cx.unit.refuse(node, 'delete of an optional chain', 'Test for undefined first');
  }
  if (!t.isMemberExpression(node.argument)) {
    return cx.unit.refuse(node, 'delete of something that is no member', 'Assign undefined');
  }
  const argument = cx.unit.lower.target(cx, node.argument);
  invariant(t.isExpression(argument), 'a deleted member is an expression');
  node.argument = argument;
  return node;
}

function callOf(cx: Context, node: t.CallExpression): t.Expression {
  const { callee } = node;
  if (t.isMemberExpression(callee) && t.isSuper(callee.object)) {
    const args = node.arguments.map((a) => rewrite(cx, a));
    node.arguments = args.filter((a) => t.isExpression(a) || t.isSpreadElement(a));
    return superMember(cx, callee, node);
  }
  replaceChildren(node, (child) => rewrite(cx, child));
  return barred(cx, node);
}

/** A call with lowered parts, its receiver marked when the call may change it. */
export function barred(cx: Context, node: t.CallExpression): t.CallExpression {
  const { callee } = node;
  if (t.isMemberExpression(callee) && isMutator(callee.property, callee.computed)) {
    callee.object = marked(cx, callee.object);
  }
  const [first] = node.arguments;
  if (isObjectAssign(callee) && t.isExpression(first)) {
    cx.unit.runtime.add('$w');
    node.arguments[0] = call('$w', first);
  }
  return node;
}
