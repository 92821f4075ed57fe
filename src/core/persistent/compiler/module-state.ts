// State of the module is not persisted: whatever a function changes in it is lost at a restart.
import type { NodePath, Scope } from '@babel/traverse';
import * as t from '@babel/types';

import { isMutator } from './barrier.ts';
import type { Refusal } from './errors.ts';

/** Collections whose methods change them. */
const COLLECTIONS = new Set(['Map', 'Set', 'Array', 'PersistentMap', 'PersistentList']);
/** Methods that only arrays have. */
const OF_ARRAYS = new Set(['push', 'pop', 'shift', 'unshift', 'splice']);

const REPLACEMENT = 'Keep it in an object that is attached to the engine';

/** What the module holds under a name, if a function can change it. */
type Holding = 'collection' | 'object' | 'class';

/** Refuses the change, in a function, of an object that a module-level name holds. */
export function refuseModuleState(path: NodePath, refuse: Refusal): void {
  if (!path.getFunctionParent()) return;
  const member = changedBy(path.node);
  if (!member) return;
  const root = rootOf(member);
  if (!t.isIdentifier(root)) return;
  const holding = holdingOf(path.scope, root.name);
  if (holding === undefined) return;
  if (t.isCallExpression(path.node) && !changesByCall(member, holding)) return;
  refuse(path.node, `${root.name} belongs to the module, which is not persisted`, REPLACEMENT);
}

/** The member that a node writes to, or the method that it calls. */
function changedBy(node: t.Node): t.MemberExpression | undefined {
  let target: t.Node | undefined;
  if (t.isAssignmentExpression(node)) target = node.left;
  else if (t.isUpdateExpression(node)) target = node.argument;
  else if (t.isUnaryExpression(node, { operator: 'delete' })) target = node.argument;
  else if (t.isCallExpression(node)) target = node.callee;
  return t.isMemberExpression(target) ? target : undefined;
}

function rootOf(node: t.Node): t.Node {
  let root = node;
  while (t.isMemberExpression(root)) root = root.object;
  return root;
}

function holdingOf(scope: Scope, name: string): Holding | undefined {
  const binding = scope.getBinding(name);
  if (!binding || !binding.scope.path.isProgram()) return undefined;
  const { node } = binding.path;
  if (t.isClassDeclaration(node)) return 'class';
  if (!t.isVariableDeclarator(node) || !t.isIdentifier(node.id)) return undefined;
  const { init } = node;
  if (t.isArrayExpression(init)) return 'collection';
  if (t.isNewExpression(init)) {
    const isCollection = t.isIdentifier(init.callee) && COLLECTIONS.has(init.callee.name);
    return isCollection ? 'collection' : 'object';
  }
  return t.isObjectExpression(init) ? 'object' : undefined;
}

/** Whether a call by this name is one of a built-in collection, and no method of the author's own. */
function changesByCall(member: t.MemberExpression, holding: Holding): boolean {
  const { object, property, computed } = member;
  if (computed || !t.isIdentifier(property) || !isMutator(property, computed)) return false;
  if (t.isIdentifier(object) && holding === 'collection') return true;
  return t.isMemberExpression(object) && OF_ARRAYS.has(property.name);
}
