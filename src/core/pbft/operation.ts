/** What an operation is about: a text, a number, or a flat list of them. All text is well-formed. */
export type Argument = string | number | readonly (string | number)[];

/** An operation that its text names: one action and what it is about. */
export interface Operation {
  readonly action: string;
  readonly argument: Argument;
}

/**
 * The operation in a request's text: JSON with one member, as in `{"put":["x","1"]}`. Undefined for any
 * other text: which that is must be the same everywhere, so nothing of the parser's complaint is kept.
 */
export function parseOperation(text: string): Operation | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [member, ...others] = Object.entries(value);
  if (!member || others.length > 0) return undefined;
  const [action, argument] = member;
  return isArgument(argument) ? { action, argument } : undefined;
}

/** An amount as a service counts it: an integer that JavaScript represents exactly. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

/** The integer that a text writes in the one usual way. */
export function parseAmount(text: string): number | undefined {
  const amount = Number(text);
  return isAmount(amount) && String(amount) === text ? amount : undefined;
}

function isArgument(value: unknown): value is Argument {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

/** An escape in JSON can write half a surrogate pair, which no digest can cover. */
function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' ? value.isWellFormed() : typeof value === 'number';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
