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
import {
  findKind,
  inheritedKindOf,
  namedAs,
  nameOf,
  registerAlias,
  registerKind,
  registerName,
} from './registry.ts';
import { gone, StoreError } from './store-error.ts';
import { Unpersistable } from './unpersistable.ts';

/** A class: all the runtime needs of it is its prototype. */
export interface AnyClass {
  readonly prototype: object;
}

export interface PersistableOptions<T extends object = object> {
  /**
   * Name in storage, `file#Class`; must stay the same for as long as stored state does. Never the
   * name the class has at run time: a build shortens it. A class of a persistent module has one.
   */
  readonly id?: string;
  /** Fields that are not stored and are undefined after a restore. */
  readonly transient?: readonly string[];
  /** Raise it when objects that are stored already have to be upgraded. */
  readonly version?: number;
  /** Called at restore with each object of an older version, when all objects are there. */
  readonly upgrade?: (object: T, from: number) => void;
}

/** All but the name. */
type Amendment = Omit<PersistableOptions, 'id'>;

/** What can be said of a class after it was registered. */
interface Edition {
  version: number;
  upgrade: ((object: object, from: number) => void) | undefined;
  readonly transient: Set<string>;
}

/** Plain objects (no class) and instances of registered classes: their own enumerable fields, by name. */
class ClassKind implements Kind<Fields> {
  readonly code = OBJECT;
  readonly name = 'object';
  readonly #description: ClassDescription;
  readonly #edition: Edition;

  constructor(description: ClassDescription) {
    this.#description = description;
    const transient = new Set(description.transient);
    this.#edition = { version: 0, upgrade: undefined, transient };
  }

  /** Says more of the class. */
  amend({ transient = [], version, upgrade }: Amendment): void {
    for (const name of transient) this.#edition.transient.add(name);
    if (version !== undefined) this.#edition.version = version;
    if (upgrade !== undefined) this.#edition.upgrade = upgrade;
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
    output.shape(ownerOf(this.#description.id, this.#edition.version), names);
    for (let i = 0; i < names.length; i++) output.value(o[names[i] ?? '']);
  }

  /** Called on the kind of plain objects for all of them: the shape knows the class. */
  create(input: GraphInput): Fields {
    const { owner, names } = input.shape();
    const { id, version } = partsOf(owner);
    const o: Fields = Object.create(id === '' ? Object.prototype : prototypeOfClass(id));
    const kind = findKind(o);
    if (kind instanceof ClassKind) kind.#bring(o, version, input);
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

  #bring(o: Fields, from: number, input: GraphInput): void {
    const { version, upgrade } = this.#edition;
    if (from === version) return;
    const { id } = this.#description;
    if (from > version) {
      throw new StoreError(`version ${from} of ${id} is newer than ${version}, the one there is`);
    }
    if (upgrade === undefined) throw new StoreError(`nothing upgrades ${id} from version ${from}`);
    input.upgrade(o, () => upgrade(o, from));
  }

  #namesOf(o: Fields): string[] {
    const names = Object.keys(o);
    const { transient } = this.#edition;
    return transient.size === 0 ? names : names.filter((name) => !transient.has(name));
  }

  derive(description: ClassDescription): ClassKind {
    const transient = [...this.#edition.transient, ...description.transient];
    return new ClassKind({ ...description, transient });
  }
}

registerKind(
  Object.prototype,
  new ClassKind({ id: '', name: 'Object', prototype: Object.prototype, transient: [] }),
);

const kinds = new Map<object, Kind>();

/**
 * Makes instances of a class storable: their own enumerable fields, without the transient ones.
 * Restoring never runs the constructor. A class of a persistent module is storable already: called
 * with such a class, and without an id, this says more of it.
 */
export function persistable<T extends object>(
  target: { readonly prototype: T },
  options: PersistableOptions<T>,
): void;
export function persistable(target: AnyClass, options: PersistableOptions): void {
  const { id, transient = [] } = options;
  if (id !== undefined) register(target, id, transient);
  const kind = kinds.get(target);
  assert(kind !== undefined, 'a class outside of persistent modules needs an id to be persistable');
  if (kind instanceof ClassKind) kind.amend(options);
  else
    assert(options.upgrade === undefined, 'a class that is stored in its own way has no versions');
}

function register(target: AnyClass, id: string, transient: readonly string[]): void {
  const { prototype } = target;
  const name = id.slice(id.lastIndexOf('#') + 1);
  assert(name !== '', 'a persistable class has a name');
  const inherited = inheritedKindOf(Object.getPrototypeOf(prototype));
  assert(
    inherited !== undefined && 'derive' in inherited && inherited.derive !== undefined,
    `${id} extends a class that is stored in its own way and cannot be extended`,
  );
  registerName(id, target);
  const kind = inherited.derive({ id, name, prototype, transient });
  kinds.set(target, kind);
  registerKind(prototype, kind);
}

/**
 * State stored under an old name belongs to this class or function now, and so does what stands in
 * it: its methods, its closures. Instead of the class or function its name will do; a name without
 * '#' is that of a whole file.
 */
export function alias(oldId: string, target: object | string): void {
  const id = typeof target === 'string' ? target : nameOf(target);
  assert(id !== undefined, `${oldId} can only be an alias of something with a name in storage`);
  registerAlias(oldId, id);
}

/** The prototype of the class that storage calls `id`. */
export function prototypeOfClass(id: string): object {
  const target = namedAs(id);
  if (target === undefined || !kinds.has(target) || !('prototype' in target)) {
    throw gone('class', id);
  }
  const { prototype } = target;
  assert(typeof prototype === 'object' && prototype !== null, 'a class has a prototype');
  return prototype;
}

function ownerOf(id: string, version: number): string {
  return version === 0 ? id : `${id}@${version}`;
}

function partsOf(owner: string): { id: string; version: number } {
  const at = owner.lastIndexOf('@');
  if (at <= owner.lastIndexOf('#')) return { id: owner, version: 0 };
  return { id: owner.slice(0, at), version: Number(owner.slice(at + 1)) };
}

function define(o: Fields, name: string, value: unknown): void {
  Object.defineProperty(o, name, { value, writable: true, enumerable: true, configurable: true });
}
