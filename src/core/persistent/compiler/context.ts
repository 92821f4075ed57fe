// What lowering knows while it walks one function, and the module it writes to.
import * as t from '@babel/types';

import { invariant, type Refusal } from './errors.ts';
import { frameField, id } from './nodes.ts';
import type { Block, Scopes, Variable } from './scopes.ts';

/** The lowering of the parts of a language, each from its own file. */
export interface Lowering {
  /** A value; awaits inside become statements of `out` that come first. */
  expression(cx: Context, node: t.Expression, out: t.Statement[]): t.Expression;
  /** The target of an assignment, with its write barrier. */
  target(cx: Context, node: t.Node): t.LVal;
  statement(cx: Context, node: t.Statement): t.Statement[];
  /** The statements of a scope: its environment record, its functions, its body. */
  scope(cx: Context, node: t.Node, body: readonly t.Statement[]): t.Statement[];
  closure(cx: Context, node: Closure, name?: string): t.Expression;
}

/** A function that is a value: it is lifted to the top of the module. */
export type Closure =
  | t.ArrowFunctionExpression
  | t.FunctionExpression
  | t.FunctionDeclaration
  | t.ObjectMethod;

/** Where a `break`, `continue` or `return` may go, innermost last. */
export type Target =
  | { readonly kind: 'loop'; readonly labels: readonly string[]; readonly continueLabel?: string }
  | { readonly kind: 'switch'; readonly breakLabel?: string }
  | { readonly kind: 'block'; readonly labels: readonly string[] }
  | Finalizer;

/** A `finally` on the way out: the jump is kept as a completion, and taken after it. */
export interface Finalizer {
  readonly kind: 'finally';
  readonly label: string;
  readonly completion: () => t.LVal & t.Expression;
  readonly value: () => t.LVal & t.Expression;
  readonly exits: Exit[];
}

export type Exit =
  | { readonly kind: 'return' }
  | { readonly kind: 'break' | 'continue'; readonly target: Target; readonly label?: string };

/** The module being written. */
export interface Unit {
  readonly file: string;
  readonly scopes: Scopes;
  readonly refuse: Refusal;
  readonly lower: Lowering;
  /** Labels of awaits, taken before anything is rewritten. */
  readonly labels: Map<t.Node, string>;
  /** Declarations at the top of the module. */
  readonly header: t.Statement[];
  /** Names of the runtime that are used. */
  readonly runtime: Set<string>;
  readonly names: Map<string, number>;
  /** Paths of closures that are taken. */
  readonly paths: Map<string, number>;
}

export interface HomeClass {
  readonly name: string;
  readonly isStatic: boolean;
}

/** A name of the runtime. */
export function runtime(unit: Unit, name: string): t.Identifier {
  unit.runtime.add(name);
  return id(name);
}

/** A fresh name at the top of the module: `$c1`, `$c2`, … */
export function moduleName(unit: Unit, prefix: string): string {
  const count = (unit.names.get(prefix) ?? 0) + 1;
  unit.names.set(prefix, count);
  return `${prefix}${count}`;
}

/** One function, or the top level of the module. */
export class Context {
  readonly unit: Unit;
  readonly node: t.Function | undefined;
  readonly outer: Context | undefined;
  /** 'Replica.agree' */
  readonly path: string;
  readonly suspends: boolean;
  readonly targets: Target[] = [];
  /** Fields of the frame beside the variables. */
  readonly fields = new Set<string>();
  /** Native temporaries to declare at the top of the function. */
  readonly natives: string[] = [];
  /** How `this` is written here. */
  self: t.Expression = t.thisExpression();
  closures = 0;
  /** The class whose method this is. */
  homeClass: HomeClass | undefined;
  #temporaries = 0;
  #depth = 0;
  #labels = 0;

  constructor(unit: Unit, node: t.Function | undefined, outer: Context | undefined, path: string) {
    this.unit = unit;
    this.node = node;
    this.outer = outer;
    this.path = path;
    this.suspends = node?.async === true;
    if (this.suspends) this.self = frameField('$self');
  }

  awaits(node: t.Node | null | undefined): boolean {
    return node !== null && node !== undefined && this.unit.scopes.awaiting.has(node);
  }

  variable(node: t.Identifier): Variable | undefined {
    return this.unit.scopes.occurrences.get(node);
  }

  /** How a variable is read. */
  read(variable: Variable): t.Expression & t.LVal {
    if (variable.home === 'native') return id(variable.name);
    if (variable.home === 'frame') return this.field(variable.field);
    return t.memberExpression(this.record(variable.scope), id(variable.field));
  }

  /** How a variable is written: environments are persisted objects and need the barrier. */
  write(variable: Variable): t.LVal {
    if (variable.home !== 'env') return this.read(variable);
    const marked = t.callExpression(runtime(this.unit, '$w'), [this.record(variable.scope)]);
    return t.memberExpression(marked, id(variable.field));
  }

  /** The environment record of a block. */
  record(block: Block): t.Expression & t.LVal {
    invariant(block.record !== '', 'the block has an environment');
    return this.suspends ? this.field(block.record) : id(block.record);
  }

  field(name: string): t.MemberExpression {
    invariant(this.suspends, 'only a suspending function has a frame');
    this.fields.add(name);
    return frameField(name);
  }

  /** A temporary that may live across an await; numbered within its statement. */
  temporary(): t.Expression & t.LVal {
    return this.field(`$t${++this.#temporaries}`);
  }

  /** A temporary that lives only inside one native expression. */
  native(): t.Identifier {
    const name = `$o${this.natives.length + 1}`;
    this.natives.push(name);
    return id(name);
  }

  /** Temporaries of a statement start anew: they do not outlive it. */
  statement<T>(lower: () => T): T {
    const before = this.#temporaries;
    const result = lower();
    this.#temporaries = before;
    return result;
  }

  /** State of a nested construct, named by its depth: `$i1`, `$k2`. */
  nested<T>(lower: (depth: number) => T): T {
    this.#depth++;
    const result = lower(this.#depth);
    this.#depth--;
    return result;
  }

  /** The class that `super` speaks of here. */
  home(): HomeClass | undefined {
    if (this.homeClass) return this.homeClass;
    return t.isArrowFunctionExpression(this.node) ? this.outer?.home() : undefined;
  }

  label(prefix: string): string {
    return `${prefix}${++this.#labels}`;
  }

  within<T>(target: Target, lower: () => T): T {
    this.targets.push(target);
    const result = lower();
    this.targets.pop();
    return result;
  }
}
