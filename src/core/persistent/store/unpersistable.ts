import { StoreError } from './store-error.ts';

const FIX = 'keep it out of persistent state, mark the field transient, or pass it as an external.';

/** Thrown while writing a value that cannot be stored; the store adds the path to it. */
export class Unpersistable extends StoreError {
  readonly value: unknown;
  readonly fix: string;

  constructor(value: unknown, reason: string, fix: string = FIX) {
    super(`Cannot persist ${reason}`);
    this.value = value;
    this.fix = fix;
  }
}

/** Why an object of no known kind is refused. */
export function refusalOf(o: object): Unpersistable {
  const prototype: unknown = Object.getPrototypeOf(o);
  if (prototype === null) {
    return new Unpersistable(o, 'an object without a prototype', 'use a plain object or a Map.');
  }
  const name = o.constructor.name || 'an anonymous class';
  if (o instanceof Promise) {
    return new Unpersistable(o, 'a native promise', 'use an Awaitable.');
  }
  if (Symbol.iterator in o && 'next' in o) {
    return new Unpersistable(o, 'a native iterator', 'iterate with for...of, or keep an array.');
  }
  return new Unpersistable(
    o,
    `an instance of ${name} (class is not declared in a 'use persistent' module)`,
    `${FIX} If its module is marked, it was not compiled: the build lacks the plugin persistent().`,
  );
}

/** Why a function is refused. */
export function functionRefusalOf(f: object): Unpersistable {
  const name = 'name' in f && typeof f.name === 'string' && f.name !== '' ? f.name : 'anonymous';
  return new Unpersistable(
    f,
    `the function ${name} (not declared in a 'use persistent' module)`,
    "declare it in a persistent module; instead of a bound method keep delegate(object, 'method'), instead of a borrowed one an arrow function that calls it.",
  );
}
