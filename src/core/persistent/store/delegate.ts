import { type AnyFunction, ClosureCode, makeClosure } from './closure.ts';

const code = new ClosureCode(
  'runtime#delegate',
  ([environment], target) =>
    (...parameters: unknown[]): unknown => {
      // Looked up when it is called: at a restore the environment is still empty when this is made.
      const method: unknown = Reflect.get(Object(environment), 'method');
      const f: unknown = Reflect.get(Object(target), String(method));
      if (typeof f !== 'function') throw new TypeError(`${String(method)} is not a method`);
      return Reflect.apply(f, target, parameters);
    },
  0,
);

/** The names of the methods of T. */
type MethodOf<T> = {
  [K in keyof T]: T[K] extends (...parameters: never[]) => unknown ? K : never;
}[keyof T] &
  string;

/** A method together with its object, as a function that can be stored: `target.method.bind(target)`. */
export function delegate<T extends object, K extends MethodOf<T>>(target: T, method: K): T[K];
export function delegate(target: object, method: string): AnyFunction {
  return makeClosure(code, [{ method }], target);
}
