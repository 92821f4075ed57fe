// The write barrier: a write goes through $w(object), which marks the object as changed.
import * as t from '@babel/types';

import { type Context, runtime } from './context.ts';
import { invariant } from './errors.ts';
import { at } from './nodes.ts';

/** Methods that change their receiver, by the names the built-in collections give them. */
const MUTATORS = new Set(
  'push pop shift unshift splice sort reverse fill copyWithin set add delete clear'.split(' '),
);

/** `$w(object)`, unless there is nothing to mark. */
export function marked(cx: Context, object: t.Expression | t.Super): t.Expression | t.Super {
  if (t.isSuper(object)) return object;
  return at(object, t.callExpression(runtime(cx.unit, '$w'), [object]));
}

/** Whether a call of this property may change its receiver. A computed name may be any. */
export function isMutator(property: t.Node, computed: boolean): boolean {
  if (!computed) return t.isIdentifier(property) && MUTATORS.has(property.name);
  if (t.isStringLiteral(property)) return MUTATORS.has(property.value);
  return !t.isNumericLiteral(property);
}

/** Whether the callee is `Object.assign`, which changes its first argument. */
export function isObjectAssign(callee: t.Node): boolean {
  return t.matchesPattern(callee, 'Object.assign') || t.matchesPattern(callee, 'Reflect.set');
}

/** The target of an assignment: variables at their home, members through the barrier. */
export function target(cx: Context, node: t.Node): t.LVal {
  const { lower } = cx.unit;
  if (t.isIdentifier(node)) {
    const variable = cx.variable(node);
    return variable ? at(node, cx.write(variable)) : node;
  }
  if (t.isMemberExpression(node)) {
    if (t.isSuper(node.object)) {
      return cx.unit.refuse(node, 'an assignment to super', 'Assign to this');
    }
    const object = lower.expression(cx, node.object, []);
    node.object = marked(cx, object);
    if (node.computed && t.isExpression(node.property)) {
      node.property = lower.expression(cx, node.property, []);
    }
    return node;
  }
  if (t.isAssignmentPattern(node)) {
    const left = target(cx, node.left);
    invariant(!t.isAssignmentPattern(left) && assigns(left), 'a target');
    node.left = left;
    node.right = lower.expression(cx, node.right, []);
    return node;
  }
  if (t.isRestElement(node)) {
    node.argument = assignable(target(cx, node.argument));
    return node;
  }
  if (t.isArrayPattern(node)) {
    node.elements = node.elements.map((e) => {
      if (e === null) return null;
      const element = target(cx, e);
      return t.isRestElement(element) ? element : assignable(element);
    });
    return node;
  }
  invariant(t.isObjectPattern(node), `${node.type} is an assignment target`);
  for (const property of node.properties) {
    if (t.isRestElement(property)) {
      property.argument = assignable(target(cx, property.argument));
      continue;
    }
    if (property.computed && t.isExpression(property.key)) {
      property.key = lower.expression(cx, property.key, []);
    }
    property.value = assignable(target(cx, property.value));
    property.shorthand = false;
  }
  return node;
}

type Assignable =
  | t.Identifier
  | t.MemberExpression
  | t.ArrayPattern
  | t.ObjectPattern
  | t.AssignmentPattern;

function assignable(node: t.LVal): Assignable {
  invariant(assigns(node), `${node.type} is a pattern`);
  return node;
}

function assigns(node: t.Node): node is Assignable {
  return (
    t.isIdentifier(node) ||
    t.isMemberExpression(node) ||
    t.isArrayPattern(node) ||
    t.isObjectPattern(node) ||
    t.isAssignmentPattern(node)
  );
}
