import { assert } from '#core/base/assert.ts';

import {
  type ClassDescription,
  type Fields,
  type GraphInput,
  type GraphOutput,
  type Kind,
  OBJECT,
  type Visit,
} from './kind.ts';
import { inheritedKindOf, namedAs, registerAlias, registerKind, registerName } from './registry.ts';
import { StoreError } from './store-error.ts';
import { Unpersistable } from './unpersistable.ts';

/** A class: all the runtime needs of it is its prototype. */
export interface AnyClass {
  readonly prototype: object;
}

export interface PersistableOptions {
  /**
   * Name in storage, `file#Class`; must stay the same for as long as stored state does. Never the
   * name the class has at run time: a build shortens it.
   */
  readonly id: string;
  /** Fields that are not stored and are undefined after a restore. */
  readonly transient?: readonly string[];
}

/** Plain objects (no class) and instances of registered classes: their own enumerable fields, by name. */
class ClassKind implements Kind<Fields> {
  readonly code = OBJECT;
  readonly name = 'object';
  readonly #description: ClassDescription;
  readonly #transient: ReadonlySet<string>;

  constructor(description: ClassDescription) {
    this.#description = description;
    this.#transient = new Set(description.transient);
  }

  type(): string {
    return this.#description.name;
  }

  write(o: Fields, output: GraphOutput): void {
    const symbol = Object.getOwnPropertySymbols(o)[0];
    if (symbol !== undefined) {
      throw new Unpersistable(symbol, `a field named ${String(symbol)}`, 'name fields by text.');
    }
    const names = this.#namesOf(o);
    output.shape(this.#description.id, names);
    for (let i = 0; i < names.length; i++) output.value(o[names[i] ?? '']);
  }

  /** Called on the kind of plain objects for all of them: the shape knows the class. */
  create(input: GraphInput): Fields {
    const { owner, names } = input.shape();
    const o: Fields = Object.create(owner === '' ? Object.prototype : prototypeOfClass(owner));
    // All fields at once and in order, so that objects of a class share one hidden class.
    for (const name of names) {
      if (name === '__proto__') define(o, name, undefined);
      else o[name] = undefined;
    }
    return o;
  }

  fill(o: Fields, input: GraphInput): void {
    for (const name of input.shape().names) {
      const value = input.value();
      if (name === '__proto__') define(o, name, value);
      else o[name] = value;
    }
  }

  edges(o: Fields, visit: Visit): void {
    for (const name of this.#namesOf(o)) visit(name, o[name]);
    for (const symbol of Object.getOwnPropertySymbols(o)) visit(`[${String(symbol)}]`, symbol);
  }

  #namesOf(o: Fields): string[] {
    const names = Object.keys(o);
    const transient = this.#transient;
    return transient.size === 0 ? names : names.filter((name) => !transient.has(name));
  }

  derive(description: ClassDescription): ClassKind {
    const transient = [...this.#transient, ...description.transient];
    return new ClassKind({ ...description, transient });
  }
}

registerKind(
  Object.prototype,
  new ClassKind({ id: '', name: 'Object', prototype: Object.prototype, transient: [] }),
);

const idsOfClasses = new Map<object, string>();

/**
 * Makes instances of a class storable: their own enumerable fields, without the transient ones.
 * Restoring never runs the constructor.
 */
export function persistable(target: AnyClass, options: PersistableOptions): void {
  const { prototype } = target;
  const { id, transient = [] } = options;
  const name = id.slice(id.lastIndexOf('#') + 1);
  assert(name !== '', 'a persistable class has a name');
  const inherited = inheritedKindOf(Object.getPrototypeOf(prototype));
  assert(
    inherited !== undefined && 'derive' in inherited && inherited.derive !== undefined,
    `${id} extends a class that is stored in its own way and cannot be extended`,
  );
  registerName(id, target);
  idsOfClasses.set(target, id);
  registerKind(prototype, inherited.derive({ id, name, prototype, transient }));
}

/** State stored under an old name belongs to this class now. */
export function alias(oldId: string, target: AnyClass): void {
  const id = idsOfClasses.get(target);
  assert(id !== undefined, `${oldId} can be an alias only of a persistable class`);
  registerAlias(oldId, id);
}

/** The prototype of the class that storage calls `id`. */
export function prototypeOfClass(id: string): object {
  const target = namedAs(id);
  if (target === undefined || !idsOfClasses.has(target) || !('prototype' in target)) {
    throw new StoreError(
      `the class ${id} is gone. Restore it, or name its successor with alias('${id}', …).`,
    );
  }
  const { prototype } = target;
  assert(typeof prototype === 'object' && prototype !== null, 'a class has a prototype');
  return prototype;
}

function define(o: Fields, name: string, value: unknown): void {
  Object.defineProperty(o, name, { value, writable: true, enumerable: true, configurable: true });
}
