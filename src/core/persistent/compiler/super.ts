// `super` where the native one is out of reach: in lifted bodies it becomes the prototype's.
import * as t from '@babel/types';

import type { Context } from './context.ts';
import { call, member } from './nodes.ts';

/** `super.name`, or the call `super.name(…)` whose arguments are already lowered. */
export function superMember(
  cx: Context,
  node: t.MemberExpression,
  called?: t.CallExpression,
): t.Expression {
  if (node.computed && t.isExpression(node.property)) {
    node.property = cx.unit.lower.expression(cx, node.property, []);
  }
  const lifted = cx.suspends || t.isArrowFunctionExpression(cx.node);
  if (!lifted) return called ?? node;
  const home = cx.home();
  if (!home) return cx.unit.refuse(node, 'super in a closure', 'Write a method of the class');
  const prototype = home.isStatic
    ? t.identifier(home.name)
    : member(t.identifier(home.name), 'prototype');
  const parent = call(member(t.identifier('Object'), 'getPrototypeOf'), prototype);
  const found = t.memberExpression(parent, node.property, node.computed);
  if (!called)
    return call(member(t.identifier('Reflect'), 'get'), parent, key(node), t.cloneNode(cx.self));
  return t.callExpression(member(found, 'call'), [t.cloneNode(cx.self), ...called.arguments]);
}

function key(node: t.MemberExpression): t.Expression {
  if (!node.computed && t.isIdentifier(node.property)) return t.stringLiteral(node.property.name);
  return t.isExpression(node.property) ? node.property : t.stringLiteral('');
}
