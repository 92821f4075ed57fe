import { prototypeOfClass } from './class-kind.ts';
import {
  ARRAY,
  type ClassDescription,
  ERROR,
  type Fields,
  type GraphInput,
  type GraphOutput,
  type Kind,
  MAP,
  SET,
  type ValueKind,
  type Visit,
} from './kind.ts';
import { printKey } from './print.ts';
import { registerErrorKind, registerKind, registerValueKind } from './registry.ts';
import { BYTES, DATE, HOLE } from './value-tag.ts';

const arrayKind: Kind<unknown[]> = {
  code: ARRAY,
  name: 'array',
  type: () => 'Array',
  write(o, output) {
    output.uint(o.length);
    for (let i = 0; i < o.length; i++) {
      const element = o[i];
      if (element === undefined && !(i in o)) output.byte(HOLE);
      else output.value(element);
    }
  },
  create: () => [],
  fill(o, input) {
    const length = input.uint();
    for (let i = 0; i < length; i++) {
      if (input.skipHole()) o.length = i + 1;
      else o.push(input.value());
    }
  },
  edges(o, visit) {
    visit('length', o.length);
    for (const [i, element] of o.entries()) visit(i, element);
  },
};

const mapKind: Kind<Map<unknown, unknown>> = {
  code: MAP,
  name: 'map',
  type: () => 'Map',
  write(o, output) {
    output.uint(o.size);
    for (const [key, value] of o) {
      output.value(key);
      output.value(value);
    }
  },
  create: () => new Map<unknown, unknown>(),
  fill(o, input) {
    for (let left = input.uint(); left > 0; left--) {
      const key = input.value();
      o.set(key, input.value());
    }
  },
  edges(o, visit) {
    for (const [key, value] of o) {
      visit('[key]', key);
      visit(`[${printKey(key)}]`, value);
    }
  },
};

const setKind: Kind<Set<unknown>> = {
  code: SET,
  name: 'set',
  type: () => 'Set',
  write(o, output) {
    output.uint(o.size);
    for (const element of o) output.value(element);
  },
  create: () => new Set<unknown>(),
  fill(o, input) {
    for (let left = input.uint(); left > 0; left--) o.add(input.value());
  },
  edges(o, visit) {
    for (const element of o) visit('[element]', element);
  },
};

const BUILT_IN_ERRORS: ReadonlyMap<string, new (message: string) => Error> = new Map(
  [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
    (constructor) => [constructor.name, constructor],
  ),
);

/** Name, message and own fields. The stack is dropped; a class is kept if it is registered. */
class ErrorKind implements Kind<Error & Fields> {
  readonly code = ERROR;
  readonly name = 'error';
  readonly #id: string;
  readonly #transient: ReadonlySet<string>;

  constructor(id: string, transient: readonly string[]) {
    this.#id = id;
    this.#transient = new Set([...transient, 'name', 'message', 'stack', 'cause']);
  }

  type(o: Error): string {
    return o.name;
  }

  write(o: Error & Fields, output: GraphOutput): void {
    const names = this.#namesOf(o);
    output.shape(this.#id, names);
    output.string(o.name);
    output.string(o.message);
    output.value(o.cause);
    for (const name of names) output.value(o[name]);
  }

  create(input: GraphInput): Error & Fields {
    const { owner } = input.shape();
    const name = input.string();
    const message = input.string();
    const Constructor = owner === '' ? (BUILT_IN_ERRORS.get(name) ?? Error) : Error;
    const error = new Constructor(message);
    if (owner !== '') Object.setPrototypeOf(error, prototypeOfClass(owner));
    if (error.name !== name) hide(error, 'name', name);
    hide(error, 'stack', `${name}: ${message}`);
    const fields: Fields = {};
    return Object.assign(error, fields);
  }

  fill(o: Error & Fields, input: GraphInput): void {
    const { names } = input.shape();
    input.string();
    input.string();
    const cause = input.value();
    if (cause !== undefined) hide(o, 'cause', cause);
    for (const name of names) o[name] = input.value();
  }

  edges(o: Error & Fields, visit: Visit): void {
    visit('name', o.name);
    visit('message', o.message);
    visit('cause', o.cause);
    for (const name of this.#namesOf(o)) visit(name, o[name]);
  }

  derive({ id, transient }: ClassDescription): ErrorKind {
    return new ErrorKind(id, transient);
  }

  #namesOf(o: object): string[] {
    return Object.keys(o).filter((name) => !this.#transient.has(name));
  }
}

function hide(o: object, name: string, value: unknown): void {
  Object.defineProperty(o, name, { value, writable: true, enumerable: false, configurable: true });
}

/** Global `Date` is a clock, which core has not got; its prototype is not. */
const DatePrototype = globalThis.Date.prototype;

const dateKind: ValueKind<typeof DatePrototype> = {
  tag: DATE,
  name: 'value',
  type: () => 'Date',
  write: (o, output) => output.float(o.getTime()),
  read: (input) => new globalThis.Date(input.float()),
  essence: (o) => `Date ${o.getTime()}`,
};

const bytesKind: ValueKind<Uint8Array> = {
  tag: BYTES,
  name: 'value',
  type: () => 'Uint8Array',
  write(o, output) {
    output.uint(o.length);
    output.raw(o);
  },
  read: (input) => input.raw(input.uint()),
  essence: (o) => `Uint8Array ${o.join()}`,
};

/** Makes arrays, maps, sets, errors, dates and byte arrays storable. */
export function registerBuiltinKinds(): void {
  registerKind(Array.prototype, arrayKind);
  registerKind(Map.prototype, mapKind);
  registerKind(Set.prototype, setKind);
  registerErrorKind(new ErrorKind('', []));
  for (const { prototype } of BUILT_IN_ERRORS.values())
    registerKind(prototype, new ErrorKind('', []));
  registerValueKind(DatePrototype, dateKind);
  registerValueKind(Uint8Array.prototype, bytesKind);
}
