// State of the module is not persisted: whatever a function changes in it is lost at a restart.
import type { NodePath, Scope } from '@babel/traverse';
import * as t from '@babel/types';

import { isMutator, isObjectAssign } from './barrier.ts';
import type { Refusal } from './errors.ts';
import { children } from './nodes.ts';

/** Collections whose methods change them. */
const COLLECTIONS = new Set(['Map', 'Set', 'Array', 'PersistentMap', 'PersistentList']);
/** Methods that only arrays have. */
const OF_ARRAYS = new Set(['push', 'pop', 'shift', 'unshift', 'splice']);

const REPLACEMENT = 'Keep it in an object that is attached to the engine';

/** What the module holds under a name, if a function can change it. */
type Holding = 'collection' | 'object' | 'class';

type Member = t.MemberExpression | t.OptionalMemberExpression;

/** Refuses the change, in a function, of an object that a module-level name holds. */
export function refuseModuleState(path: NodePath, refuse: Refusal): void {
  if (!path.getFunctionParent()) return;
  const { node } = path;
  for (const changed of changedBy(node)) {
    const root = rootOf(changed);
    if (!t.isIdentifier(root)) continue;
    const holding = holdingOf(path.scope, root.name);
    if (holding === undefined || !changes(node, changed, holding)) continue;
    refuse(node, `${root.name} belongs to the module, which is not persisted`, REPLACEMENT);
  }
}

/** The members that a node writes to, the method that it calls, or what it hands to Object.assign. */
function changedBy(node: t.Node): t.Node[] {
  if (t.isAssignmentExpression(node) || t.isForXStatement(node)) return membersIn(node.left);
  if (t.isUpdateExpression(node)) return membersIn(node.argument);
  if (t.isUnaryExpression(node, { operator: 'delete' })) return membersIn(node.argument);
  if (t.isOptionalCallExpression(node)) return membersIn(node.callee);
  if (!t.isCallExpression(node)) return [];
  if (!isObjectAssign(node.callee)) return membersIn(node.callee);
  return node.arguments.slice(0, 1);
}

/** The members of an assignment target: of a pattern all of them. */
function membersIn(node: t.Node): Member[] {
  if (isMember(node)) return [node];
  if (t.isAssignmentPattern(node)) return membersIn(node.left);
  if (t.isObjectProperty(node)) return membersIn(node.value);
  if (t.isRestElement(node)) return membersIn(node.argument);
  return t.isPattern(node) ? children(node).flatMap((child) => membersIn(child)) : [];
}

function isMember(node: t.Node): node is Member {
  return t.isMemberExpression(node) || t.isOptionalMemberExpression(node);
}

function rootOf(node: t.Node): t.Node {
  let root = node;
  while (isMember(root)) root = root.object;
  return root;
}

/** Whether the node changes what is held; a call does if the method is one that does. */
function changes(node: t.Node, changed: t.Node, holding: Holding): boolean {
  const isCall = t.isCallExpression(node) || t.isOptionalCallExpression(node);
  return (
    !isCall || isObjectAssign(node.callee) || (isMember(changed) && changesByCall(changed, holding))
  );
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
function changesByCall(member: Member, holding: Holding): boolean {
  const { object, property, computed } = member;
  if (computed || !t.isIdentifier(property) || !isMutator(property, computed)) return false;
  if (t.isIdentifier(object) && holding === 'collection') return true;
  return isMember(object) && OF_ARRAYS.has(property.name);
}
