/** A program contradicted itself: a bug in this code base, never bad input. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** States an invariant. A false `condition` is a bug in this code base, not bad input. */
export function assert(condition: boolean, invariant: string): asserts condition {
  if (!condition) throw new AssertionError(invariant);
}

/** The value of an invariant that says it is there. */
export function defined<T>(value: T | undefined | null, invariant: string): T {
  if (value === undefined || value === null) throw new AssertionError(invariant);
  return value;
}
