import { assert } from '#core/base/assert.ts';

import {
  CLOSURE,
  type GraphInput,
  type GraphOutput,
  type Kind,
  type ValueKind,
  type Visit,
} from './kind.ts';
import {
  FUNCTION_MARK,
  FunctionMark,
  markOf,
  namedAs,
  registerKind,
  registerName,
  registerValueKind,
} from './registry.ts';
import { gone } from './store-error.ts';
import { FUNCTION } from './value-tag.ts';

/** Any function: the runtime stores it and hands it back, and never calls it. */
export type AnyFunction = (...parameters: never[]) => unknown;

export type ClosureFactory = (environment: readonly object[], self: unknown) => AnyFunction;

/** The code of a closure, which every closure made from it shares. */
export class ClosureCode {
  readonly id: string;
  readonly factory: ClosureFactory;
  readonly line: number;
  #constant: AnyFunction | undefined;

  constructor(id: string, factory: ClosureFactory, line: number) {
    this.id = id;
    this.factory = factory;
    this.line = line;
    registerName(id, this);
  }

  /** A closure that captures nothing is one and the same function, before and after a restore. */
  constant(): AnyFunction {
    this.#constant ??= named(this.id, this.factory([], undefined));
    return this.#constant;
  }
}

class ClosureMark extends FunctionMark {
  readonly code: ClosureCode;
  readonly environment: readonly object[];
  readonly self: unknown;

  constructor(code: ClosureCode, environment: readonly object[], self: unknown) {
    super();
    this.code = code;
    this.environment = environment;
    this.self = self;
  }

  get kind(): Kind {
    return closureKind;
  }
}

class NamedMark extends FunctionMark {
  readonly id: string;

  constructor(id: string) {
    super();
    this.id = id;
  }

  get kind(): ValueKind {
    return functionKind;
  }
}

/** Makes the function that `code` stands for, with what it has captured. */
export function makeClosure(
  code: ClosureCode,
  environment: readonly object[],
  self: unknown,
): AnyFunction {
  if (environment.length === 0 && self === undefined) return code.constant();
  const closure: Marked = code.factory(environment, self);
  closure[FUNCTION_MARK] = new ClosureMark(code, environment, self);
  return closure;
}

type Marked = AnyFunction & { [FUNCTION_MARK]?: FunctionMark };

/** Makes a function that exists once, such as one at module level, storable by its name. */
export function nameFunction(id: string, f: AnyFunction): void {
  registerName(id, f);
  named(id, f);
}

/** Makes a class storable as a value, by its name. */
export function markClass(id: string, target: object): void {
  Object.defineProperty(target, FUNCTION_MARK, { value: new NamedMark(id) });
}

function named(id: string, f: AnyFunction): AnyFunction {
  Object.defineProperty(f, FUNCTION_MARK, { value: new NamedMark(id) });
  return f;
}

const closureKind: Kind = {
  code: CLOSURE,
  name: 'closure',
  type: (o) => `closure ${closureOf(o).code.id}`,
  write(o: object, output: GraphOutput) {
    const { code, environment, self } = closureOf(o);
    output.string(code.id);
    output.uint(environment.length);
    for (const record of environment) output.value(record);
    output.value(self);
  },
  create(input: GraphInput) {
    const code = codeNamed(input.string());
    const environment = Array.from({ length: input.uint() }, () => objectFrom(input));
    return makeClosure(code, environment, input.value());
  },
  fill() {
    // A closure never changes: all of it was there when it was made.
  },
  edges(o: object, visit: Visit) {
    const { environment, self } = closureOf(o);
    for (const [i, record] of environment.entries()) visit(`captured[${i}]`, record);
    visit('this', self);
  },
};

/** Functions that exist once are stored by name, and are the same after a restore. */
const functionKind: ValueKind = {
  tag: FUNCTION,
  name: 'value',
  type: (o) => `function ${idOf(o)}`,
  write: (o, output) => output.string(idOf(o)),
  read: (input) => functionNamed(input.string()),
  essence: (o) => o,
};

registerKind(undefined, closureKind);
registerValueKind(undefined, functionKind);

function closureOf(o: object): ClosureMark {
  const mark = markOf(o);
  assert(mark instanceof ClosureMark, 'a closure carries its code');
  return mark;
}

function idOf(o: object): string {
  const mark = markOf(o);
  assert(mark instanceof NamedMark, 'a named function carries its name');
  return mark.id;
}

/** Where the code of a function of a persistent module stands; line 0 if only its name is known. */
export function sourceOf(f: object | undefined): { function: string; line: number } | undefined {
  const mark = f === undefined ? undefined : markOf(f);
  if (mark instanceof ClosureMark) return { function: mark.code.id, line: mark.code.line };
  if (!(mark instanceof NamedMark)) return undefined;
  const code = namedAs(mark.id);
  return { function: mark.id, line: code instanceof ClosureCode ? code.line : 0 };
}

function codeNamed(id: string): ClosureCode {
  const code = namedAs(id);
  if (!(code instanceof ClosureCode)) throw gone('closure', id);
  return code;
}

function functionNamed(id: string): object {
  const target = namedAs(id);
  if (target === undefined) throw gone('function', id);
  return target instanceof ClosureCode ? target.constant() : target;
}

function objectFrom(input: GraphInput): object {
  const value = input.value();
  assert(typeof value === 'object' && value !== null, 'an environment is an object');
  return value;
}
