import babel from '@babel/core';
// What the language of persistent modules leaves out. Every node type is either known or refused:
// nothing is translated by guessing.
import type { NodePath } from '@babel/traverse';
import * as t from '@babel/types';

import { refuseDroppedCalls } from './dropped-calls.ts';
import type { Refusal } from './errors.ts';
import { refuseModuleState } from './module-state.ts';

/** Node types that the compiler translates or leaves as they are. */
const KNOWN = new Set(
  `File Program Directive DirectiveLiteral InterpreterDirective
   ImportDeclaration ImportSpecifier ImportDefaultSpecifier ImportNamespaceSpecifier ImportAttribute
   ExportNamedDeclaration ExportSpecifier ExportAllDeclaration ExportDefaultDeclaration ExportNamespaceSpecifier
   Identifier StringLiteral NumericLiteral BooleanLiteral NullLiteral BigIntLiteral RegExpLiteral
   TemplateLiteral TemplateElement TaggedTemplateExpression ThisExpression Super MetaProperty
   ArrayExpression ObjectExpression ObjectProperty ObjectMethod SpreadElement
   FunctionDeclaration FunctionExpression ArrowFunctionExpression ClassDeclaration ClassBody ClassMethod ClassProperty
   UnaryExpression UpdateExpression BinaryExpression LogicalExpression AssignmentExpression ConditionalExpression
   SequenceExpression MemberExpression OptionalMemberExpression CallExpression OptionalCallExpression NewExpression AwaitExpression
   ArrayPattern ObjectPattern AssignmentPattern RestElement VariableDeclaration VariableDeclarator
   ExpressionStatement BlockStatement EmptyStatement DebuggerStatement IfStatement SwitchStatement SwitchCase
   WhileStatement DoWhileStatement ForStatement ForOfStatement ForInStatement LabeledStatement BreakStatement
   ContinueStatement ReturnStatement ThrowStatement TryStatement CatchClause`.split(/\s+/),
);

/** Reasons and replacements for syntax that is refused by its type alone. */
const REFUSED: Readonly<Record<string, readonly [string, string]>> = {
  PrivateName: ['a #private name cannot be persisted', "Use TypeScript 'private'"],
  ClassPrivateProperty: ['a #private name cannot be persisted', "Use TypeScript 'private'"],
  ClassPrivateMethod: ['a #private name cannot be persisted', "Use TypeScript 'private'"],
  ClassAccessorProperty: ['an accessor field cannot be persisted', 'Write a field'],
  ClassExpression: [
    'a class expression has no module-level name',
    'Declare the class at module level',
  ],
  StaticBlock: ['a static block', 'Write static fields'],
  YieldExpression: ['a generator cannot be persisted', 'Return an array'],
  WithStatement: ['with', 'Name the object'],
  ImportExpression: ['a dynamic import is a native promise', 'Import at the top of the module'],
  Import: ['a dynamic import is a native promise', 'Import at the top of the module'],
  Decorator: ['a decorator', 'Call the function on the class'],
};

/** Globals that depend on the outside world, and what the runtime offers instead. */
const GLOBALS: Readonly<Record<string, readonly [string, string]>> = {
  Promise: ['a native promise cannot be persisted', 'Use Awaitable, all or any'],
  setTimeout: ['a native timer cannot be persisted', 'Use await sleep(ms)'],
  setInterval: ['a native timer cannot be persisted', 'Use a loop with await sleep(ms)'],
  setImmediate: ['a native timer cannot be persisted', 'Use await sleep(0)'],
  requestAnimationFrame: ['a native timer cannot be persisted', 'Use await sleep(ms)'],
  queueMicrotask: ['a native task cannot be persisted', 'Start an async function'],
  fetch: ['a request is a native promise', 'Post it and await its answer as an input'],
  performance: ['real time is not deterministic', 'Use now()'],
  crypto: ['the outside world is not deterministic', 'Use random()'],
  eval: ['eval', 'Write a function'],
  Function: ['a function made of text cannot be persisted', 'Write a function'],
  Proxy: ['a proxy cannot be persisted', 'Write a class'],
  WeakMap: ['a weak collection cannot be persisted', 'Use a Map'],
  WeakSet: ['a weak collection cannot be persisted', 'Use a Set'],
  WeakRef: ['a weak reference cannot be persisted', 'Use a reference'],
};

/** Refuses whatever is not part of the language. */
export function refuseUnsupported(file: t.File, refuse: Refusal): void {
  babel.traverse(file, {
    enter: (path) => {
      syntax(path, refuse);
      refuseModuleState(path, refuse);
    },
    Function: (path) => functions(path, refuse),
    Class: (path) => classes(path, refuse),
    Identifier: (path) => identifiers(path, refuse),
    AwaitExpression: (path) => {
      if (!path.getFunctionParent()) {
        refuse(path.node, 'await at the top of a module', 'Move it into an async function');
      }
    },
    ForOfStatement: (path) => {
      if (path.node.await && !path.getFunctionParent()) {
        refuse(path.node, 'await at the top of a module', 'Move it into an async function');
      }
    },
    VariableDeclaration: (path) => {
      if (path.node.kind.endsWith('using')) {
        refuse(path.node, path.node.kind, 'Release the resource in a finally');
      }
    },
    Super: (path) => supers(path, refuse),
    NewExpression: (path) => dates(path, refuse),
    CallExpression: (path) => {
      dates(path, refuse);
      refuseDroppedCalls(path, refuse);
    },
    MemberExpression: (path) => members(path, refuse),
    MetaProperty: (path) => {
      if (path.node.meta.name === 'new') refuse(path.node, 'new.target', 'Name the class');
    },
  });
}

function syntax(path: NodePath, refuse: Refusal): void {
  const { node } = path;
  const reason = REFUSED[node.type];
  if (reason) refuse(node, ...reason);
  if (!KNOWN.has(node.type)) {
    refuse(node, `${node.type} is not part of persistent modules`, 'Move it to an ordinary module');
  }
}

function functions(path: NodePath<t.Function>, refuse: Refusal): void {
  const { node } = path;
  if (node.generator) {
    const kind = node.async ? 'an async generator' : 'a generator';
    refuse(node, `${kind} cannot be persisted`, 'Return an array');
  }
  if (t.isObjectMethod(node) && node.kind !== 'method') {
    refuse(node, `a ${node.kind}ter in an object literal cannot be persisted`, 'Write a class');
  }
}

function classes(path: NodePath<t.Class>, refuse: Refusal): void {
  const { node, parent } = path;
  const top = t.isProgram(parent) || t.isExportDeclaration(parent);
  if (!top) refuse(node, 'a class inside a function or block', 'Declare the class at module level');
  if (!node.id) refuse(node, 'a class without a name', 'Name the class');
}

function identifiers(path: NodePath<t.Identifier>, refuse: Refusal): void {
  const { node, parent } = path;
  const grandparent = path.parentPath?.parent;
  const written = !t.isReferenced(node, parent, grandparent);
  if (written && !t.isBinding(node, parent, grandparent)) return;
  const binding = path.scope.getBinding(node.name);
  if (binding) {
    if (binding.kind === 'const' || binding.kind === 'module') constants(path, refuse);
    else if (binding.scope.path.isProgram()) moduleLets(path, refuse);
    return;
  }
  if (node.name === 'arguments') argumentsOf(path, refuse);
  const reason = Object.hasOwn(GLOBALS, node.name) ? GLOBALS[node.name] : undefined;
  if (reason) refuse(node, ...reason);
}

function argumentsOf(path: NodePath<t.Identifier>, refuse: Refusal): void {
  const user = path.getFunctionParent()?.node;
  if (user?.async || t.isArrowFunctionExpression(user)) {
    refuse(path.node, 'arguments in an async function or an arrow', 'Use a rest parameter');
  }
}

function constants(path: NodePath<t.Identifier>, refuse: Refusal): void {
  if (isWrite(path)) refuse(path.node, `${path.node.name} is constant`, 'Declare it with let');
}

function moduleLets(path: NodePath<t.Identifier>, refuse: Refusal): void {
  if (!isWrite(path)) return;
  const replacement = 'Keep it in an object that is attached to the engine';
  refuse(path.node, 'a variable of the module is not persisted', replacement);
}

/** Whether the occurrence assigns the variable, other than by its declaration. */
function isWrite(path: NodePath<t.Identifier>): boolean {
  let child: NodePath = path;
  for (let p: NodePath | null = path.parentPath; p; p = p.parentPath) {
    if (p.isAssignmentExpression()) return child.key === 'left';
    if (p.isUpdateExpression()) return true;
    if (p.isForXStatement()) return child.key === 'left';
    const pattern = p.isPattern() || p.isRestElement() || p.isObjectProperty();
    if (!pattern || child.key === 'right' || (p.isObjectProperty() && child.key === 'key')) {
      return false;
    }
    child = p;
  }
  return false;
}

function supers(path: NodePath<t.Super>, refuse: Refusal): void {
  let user = path.getFunctionParent();
  while (user?.isArrowFunctionExpression()) user = user.getFunctionParent();
  if (user?.isObjectMethod()) refuse(path.node, 'super in an object literal', 'Write a class');
}

function dates(
  path: NodePath<t.NewExpression> | NodePath<t.CallExpression>,
  refuse: Refusal,
): void {
  const { node } = path;
  if (!t.isIdentifier(node.callee, { name: 'Date' }) || path.scope.hasBinding('Date', true)) return;
  if (t.isCallExpression(node) || node.arguments.length === 0) {
    refuse(node, 'real time is not deterministic', 'Use now()');
  }
}

function members(path: NodePath<t.MemberExpression>, refuse: Refusal): void {
  const { node } = path;
  const { object, property } = node;
  if (t.isIdentifier(object, { name: 'globalThis' }) && t.isIdentifier(property)) {
    const reason = Object.hasOwn(GLOBALS, property.name) ? GLOBALS[property.name] : undefined;
    if (reason) refuse(node, ...reason);
  }
  if (t.matchesPattern(node, 'Date.now')) {
    refuse(node, 'real time is not deterministic', 'Use now()');
  }
  if (t.matchesPattern(node, 'Math.random')) {
    refuse(node, 'Math.random is not deterministic', 'Use random()');
  }
}
