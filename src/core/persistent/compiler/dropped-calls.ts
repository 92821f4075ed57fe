// An async function handed to a native function that looks at the awaitable, not at its outcome.
import type { NodePath, Scope } from '@babel/traverse';
import * as t from '@babel/types';

import type { Refusal } from './errors.ts';

/** Methods that drop what their function returns, or take the awaitable itself for the answer. */
const DROPPING = new Set(
  'forEach filter some every find findIndex findLast findLastIndex sort toSorted'.split(' '),
);
/** Methods whose result holds the awaitables. */
const KEEPING = new Set(['map', 'flatMap', 'reduce', 'reduceRight']);

/** Refuses the call if nobody could ever await what it starts. */
export function refuseDroppedCalls(path: NodePath<t.CallExpression>, refuse: Refusal): void {
  const { callee, arguments: args } = path.node;
  if (!t.isMemberExpression(callee) || callee.computed || !t.isIdentifier(callee.property)) return;
  const { name } = callee.property;
  if (!DROPPING.has(name) && !(KEEPING.has(name) && isDropped(path))) return;
  for (const handed of args) {
    if (!isAsync(handed, path.scope)) continue;
    const reason = `an async function handed to ${name}, which does not await it`;
    refuse(handed, reason, 'Loop with for…of and await');
  }
}

function isDropped({ parent }: NodePath): boolean {
  return t.isExpressionStatement(parent) || t.isUnaryExpression(parent, { operator: 'void' });
}

function isAsync(node: t.Node, scope: Scope): boolean {
  if (t.isFunction(node)) return node.async === true;
  if (!t.isIdentifier(node)) return false;
  const bound = scope.getBinding(node.name)?.path.node;
  if (t.isFunctionDeclaration(bound)) return bound.async;
  return t.isVariableDeclarator(bound) && t.isFunction(bound.init) && isAsync(bound.init, scope);
}
