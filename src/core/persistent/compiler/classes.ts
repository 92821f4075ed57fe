// Classes at module level: methods are functions, field initializers run in the constructor.
import * as t from '@babel/types';

import { Context } from './context.ts';
import { invariant } from './errors.ts';
import { shapeOf } from './functions.ts';
import { canonicalText } from './module-source.ts';
import { declare } from './nodes.ts';

/** Lowers a class in place; its async methods become wrappers. */
export function classOf(cx: Context, node: t.ClassDeclaration): void {
  if (node.superClass) node.superClass = cx.unit.lower.expression(cx, node.superClass, []);
  const name = node.id?.name;
  invariant(name !== undefined, 'a class has a name');
  for (const element of node.body.body) {
    if (t.isClassMethod(element)) methodOf(cx, name, element);
    else if (t.isClassProperty(element)) propertyOf(cx, name, element);
    else cx.unit.refuse(element, `${element.type} is not translated`, 'Write a field or a method');
  }
}

function methodOf(outer: Context, name: string, node: t.ClassMethod): void {
  const path = elementPath(name, node, node.kind === 'get' || node.kind === 'set' ? node.kind : '');
  const cx = new Context(outer.unit, node, outer, path);
  cx.homeClass = { name, isStatic: node.static };
  keyOf(outer, node);
  const { params, body } = shapeOf(cx, node);
  node.params = params;
  node.body = body;
  node.async = false;
}

function propertyOf(outer: Context, name: string, node: t.ClassProperty): void {
  keyOf(outer, node);
  if (!node.value) return;
  const cx = new Context(outer.unit, undefined, outer, name);
  cx.homeClass = { name, isStatic: node.static };
  cx.closures = outer.unit.paths.get(name) ?? 0;
  const { value } = node;
  const named = t.isArrowFunctionExpression(value) || t.isFunctionExpression(value);
  node.value = named
    ? cx.unit.lower.closure(cx, value, elementPath('', node, ''))
    : cx.unit.lower.expression(cx, value, []);
  outer.unit.paths.set(name, cx.closures);
  for (const native of cx.natives) {
    if (!outer.natives.includes(native)) {
      outer.natives.push(native);
      outer.unit.header.push(declare('let', native));
    }
  }
}

function keyOf(cx: Context, node: t.ClassMethod | t.ClassProperty): void {
  if (node.computed) node.key = cx.unit.lower.expression(cx, node.key, []);
}

/** 'Replica.agree', 'Replica.static.of', 'Replica.get.size' */
function elementPath(name: string, node: t.ClassMethod | t.ClassProperty, kind: string): string {
  const key = node.computed ? `[${canonicalText(node.key)}]` : canonicalText(node.key);
  return [name, node.static ? 'static' : '', kind, key].filter((part) => part !== '').join('.');
}
