import babel from '@babel/core';
// Scope analysis: where every local variable lives.
//
// A variable that an inner function uses is a field of its block's environment record ('env');
// any other variable of an async function whose scope holds an await is a field of the frame
// ('frame'); every other one stays a native variable ('native'). Module bindings have no Variable.
import type { Binding, NodePath, Scope } from '@babel/traverse';
import * as t from '@babel/types';

import { invariant } from './errors.ts';

/** A local variable. */
export interface Variable {
  readonly name: string;
  readonly scope: Block;
  readonly constant: boolean;
  home: 'native' | 'frame' | 'env';
  /** The field that holds it, when it is not native. */
  field: string;
}

/** A scope: the node that opens it and the variables its environment record holds. */
export interface Block {
  readonly node: t.Node;
  readonly owner: t.Function | undefined;
  readonly outer: Block | undefined;
  readonly variables: Variable[];
  /** Name of the environment record, '' when there is none. */
  record: string;
}

/** What a function needs from outside. */
export interface Captures {
  readonly blocks: Set<Block>;
  self: boolean;
}

export class Scopes {
  /** Every occurrence of a local variable. */
  readonly occurrences = new Map<t.Node, Variable>();
  /** Nodes that hold an await of their own function. */
  readonly awaiting = new Set<t.Node>();
  /** Functions that use a `this` of their own. */
  readonly selves = new Set<t.Node>();
  readonly #blocks = new Map<t.Node, Block>();
  readonly #variables = new Map<Binding, Variable>();
  readonly #captures = new Map<t.Function, Captures>();

  constructor(file: t.File) {
    babel.traverse.cache.clear();
    babel.traverse(file, { Scope: (path) => this.#open(path) });
    babel.traverse(file, {
      Identifier: (path) => this.#occurrence(path),
      ThisExpression: (path) => this.#self(path),
      Super: (path) => this.#self(path),
      AwaitExpression: (path) => this.#await(path),
    });
    this.#settle();
  }

  block(node: t.Node): Block | undefined {
    return this.#blocks.get(node);
  }

  /** The scopes of a function, outer ones first. */
  blocksOf(owner: t.Function): Block[] {
    return [...this.#blocks.values()].filter((b) => b.owner === owner);
  }

  captures(node: t.Function): Captures {
    let captures = this.#captures.get(node);
    if (!captures) this.#captures.set(node, (captures = { blocks: new Set(), self: false }));
    return captures;
  }

  #open(path: NodePath): void {
    const scope = path.scope;
    if (scope.path.isProgram() || scope.path.isClass() || this.#blocks.has(scope.block)) return;
    const outer = scope.parent ? this.#blockOf(scope.parent) : undefined;
    const block: Block = {
      node: scope.block,
      owner: functionOf(scope),
      outer,
      variables: [],
      record: '',
    };
    this.#blocks.set(scope.block, block);
    for (const binding of Object.values(scope.bindings)) {
      const name = binding.identifier.name;
      const home = 'native';
      const constant = binding.constant;
      const variable: Variable = { name, scope: block, constant, home, field: name };
      block.variables.push(variable);
      this.#variables.set(binding, variable);
    }
  }

  #blockOf(scope: Scope): Block | undefined {
    for (let s: Scope | undefined = scope; s; s = s.parent) {
      const block = this.#blocks.get(s.block);
      if (block) return block;
    }
    return undefined;
  }

  #occurrence(path: NodePath<t.Identifier>): void {
    const { node, parent } = path;
    const grandparent = path.parentPath?.parent;
    if (!t.isReferenced(node, parent, grandparent) && !t.isBinding(node, parent, grandparent)) {
      return;
    }
    let scope: Scope | undefined = path.scope;
    if (t.isFunctionDeclaration(parent) && parent.id === node)
      scope = path.parentPath?.scope.parent;
    const binding = scope && bindingOf(scope, node.name);
    const variable = binding && this.#variables.get(binding);
    if (!scope || !variable) return;
    this.occurrences.set(node, variable);
    const user = functionOf(scope);
    const { owner } = variable.scope;
    if (user === owner) return;
    variable.home = 'env';
    for (let s: Scope | null = scope.getFunctionParent(); s; s = s.parent.getFunctionParent()) {
      const inner = functionOf(s);
      if (inner === owner || inner === undefined) break;
      this.captures(inner).blocks.add(variable.scope);
    }
  }

  #self(path: NodePath): void {
    let s: Scope | null = path.scope.getFunctionParent();
    while (s && t.isArrowFunctionExpression(s.block)) {
      this.captures(s.block).self = true;
      s = s.parent.getFunctionParent();
    }
    if (s) this.selves.add(s.block);
  }

  #await(path: NodePath): void {
    for (let p: NodePath | null = path; p && !p.isFunction(); p = p.parentPath) {
      this.awaiting.add(p.node);
    }
  }

  /** Gives every variable its home and field, outer scopes first. */
  #settle(): void {
    for (const block of this.#blocks.values()) {
      const { owner } = block;
      const suspends =
        owner?.async === true && (block.node === owner || this.awaiting.has(block.node));
      const names = new Map<string, number>();
      let records = 1;
      for (let b = block.outer; b; b = b.outer) {
        if (b.record !== '') records++;
        if (b.owner !== owner) continue;
        for (const v of b.variables) {
          if (v.home === 'frame') names.set(v.name, (names.get(v.name) ?? 0) + 1);
        }
      }
      for (const variable of block.variables) {
        if (variable.home === 'env') block.record = `$e${records}`;
        else if (suspends) {
          variable.home = 'frame';
          const taken = names.get(variable.name);
          if (taken !== undefined) variable.field = `${variable.name}$${taken + 1}`;
        }
      }
    }
  }
}

/** Babel's own look-up does not find the variables of a catch clause's pattern from inside it. */
function bindingOf(scope: Scope, name: string): Binding | undefined {
  for (let s: Scope | undefined = scope; s; s = s.parent) {
    const binding = s.getOwnBinding(name);
    if (binding) return binding;
  }
  return undefined;
}

function functionOf(scope: Scope): t.Function | undefined {
  const parent = scope.getFunctionParent();
  if (!parent || !t.isFunction(parent.block)) return undefined;
  return parent.block;
}

/** Names with a leading dollar belong to compiled code: the author's get others. */
export function renameDollars(file: t.File): void {
  let found = false;
  t.traverseFast(file, (node) => {
    if (t.isIdentifier(node) && node.name.startsWith('$')) found = true;
  });
  if (!found) return;
  babel.traverse(file, { Scope: (path) => renameIn(path.scope) });
}

function renameIn(scope: Scope): void {
  for (const name of Object.keys(scope.bindings)) {
    if (!name.startsWith('$')) continue;
    const renamed = scope.generateUid(`dollar${name.slice(1)}`);
    invariant(!renamed.startsWith('$'), 'a renamed variable has no dollar');
    scope.rename(name, renamed);
  }
}
