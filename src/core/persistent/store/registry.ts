import { assert } from '#core/base/assert.ts';

import type { Kind, ValueKind } from './kind.ts';
import { known } from './store-error.ts';
import { functionRefusalOf, refusalOf } from './unpersistable.ts';

/** Says of a function how it is stored. */
export abstract class FunctionMark {
  abstract readonly kind: Kind | ValueKind;
}

/** Where a function carries its mark. A property and no WeakMap: closures are made all the time. */
export const FUNCTION_MARK: unique symbol = Symbol('function mark');

const kindsByPrototype = new Map<object, Kind | ValueKind>();
const kindsByCode = new Map<number, Kind>();
const valueKindsByTag = new Map<number, ValueKind>();
const named = new Map<string, object>();
const aliases = new Map<string, string>();
let errorKind: Kind | undefined;

/** Objects whose prototype is `prototype` are stored as `kind` says; functions carry a mark instead. */
export function registerKind(prototype: object | undefined, kind: Kind): void {
  if (prototype !== undefined) kindsByPrototype.set(prototype, kind);
  if (!kindsByCode.has(kind.code)) kindsByCode.set(kind.code, kind);
}

/** The kind of every error whose class is not registered. */
export function registerErrorKind(kind: Kind): void {
  errorKind = kind;
  kindsByCode.set(kind.code, kind);
}

export function registerValueKind(prototype: object | undefined, kind: ValueKind): void {
  if (prototype !== undefined) kindsByPrototype.set(prototype, kind);
  valueKindsByTag.set(kind.tag, kind);
}

/** How `o` is stored. Throws Unpersistable when it cannot be. */
export function kindOf(o: object): Kind | ValueKind {
  const kind = findKind(o);
  if (kind !== undefined) return kind;
  throw typeof o === 'function' ? functionRefusalOf(o) : refusalOf(o);
}

/** How `o` is stored, if it can be. */
export function findKind(o: object): Kind | ValueKind | undefined {
  if (typeof o === 'function') return markOf(o)?.kind;
  const kind = kindsByPrototype.get(Object.getPrototypeOf(o));
  if (kind !== undefined) return kind;
  return o instanceof Error ? errorKind : undefined;
}

/** The kind a class inherits, if its instances need one of their own. */
export function inheritedKindOf(prototype: object): Kind | ValueKind | undefined {
  for (let p: unknown = prototype; p !== null && typeof p === 'object';) {
    const kind = kindsByPrototype.get(p);
    if (kind !== undefined) return kind;
    p = Object.getPrototypeOf(p);
  }
  return undefined;
}

/** The mark of a persistable function. */
export function markOf(f: object): FunctionMark | undefined {
  if (!Object.hasOwn(f, FUNCTION_MARK)) return undefined;
  const mark: unknown = Reflect.get(f, FUNCTION_MARK);
  return mark instanceof FunctionMark ? mark : undefined;
}

export function kindWithCode(code: number): Kind {
  return known(kindsByCode.get(code), 'kind of object', code);
}

export function valueKindWithTag(tag: number): ValueKind {
  return known(valueKindsByTag.get(tag), 'kind of value', tag);
}

/** Gives a class, function or piece of code the name by which storage refers to it. */
export function registerName(id: string, target: object): void {
  const before = named.get(id);
  assert(before === undefined || before === target, `two things are called ${id}`);
  assert(!aliases.has(id), `${id} is an alias already`);
  named.set(id, target);
}

/** What storage calls a class or function; an async function as its code, not its value. */
export function nameOf(target: object): string | undefined {
  for (const [id, known] of named) if (known === target) return id.replace(/\(\)$/, '');
  return undefined;
}

/** What storage calls `id`, and all whose names begin with that, is now called `current`. */
export function registerAlias(id: string, current: string): void {
  assert(!named.has(id), `${id} still exists and cannot be an alias`);
  const isKnown = named.has(current) || [...named.keys()].some((name) => isWithin(name, current));
  assert(isKnown, `${current} is not registered`);
  aliases.set(id, current);
}

/** The class, function or code that storage calls `id`. */
export function namedAs(id: string): object | undefined {
  return named.get(id) ?? renamed(id);
}

/** The longest alias counts. */
function renamed(id: string): object | undefined {
  let old = '';
  for (const name of aliases.keys()) if (name.length > old.length && isWithin(id, name)) old = name;
  return old === '' ? undefined : named.get(`${aliases.get(old) ?? ''}${id.slice(old.length)}`);
}

/** `a.ts#B.c.λ#0` is within `a.ts#B.c`, `a.ts#B` and `a.ts`; a call `a.ts#f()` is within `a.ts#f`. */
function isWithin(id: string, outer: string): boolean {
  return id === outer || (id.startsWith(outer) && '.#('.includes(id.charAt(outer.length)));
}
