import { inspect, types } from 'node:util';

/** A value as JSON has it: what JSON cannot say is written out. */
export function portable(value: unknown, around: readonly unknown[] = []): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'object') return inspect(value);
  if (around.includes(value)) return '[circular]';
  const inside = (item: unknown): unknown => portable(item, [...around, value]);
  const list = listIn(value);
  if (list) return list.map((item) => inside(item));
  if (types.isDate(value)) return value.toISOString();
  if (types.isNativeError(value)) return { name: value.name, message: value.message };
  return Object.fromEntries(fieldsOf(value).map(([key, item]) => [key, inside(item)]));
}

/** A value as text: the same for values that a program cannot tell apart, whatever process they are from. */
export function textOf(value: unknown, around: readonly unknown[] = []): string {
  if (typeof value === 'function') return 'function';
  if (typeof value !== 'object' || value === null) return inspect(value, { maxStringLength: null });
  if (around.includes(value)) return `[circular ${around.indexOf(value)}]`;
  const inside = (item: unknown): string => textOf(item, [...around, value]);
  const kind = types.isNativeError(value) ? `${value.name}: ${value.message} ` : kindOf(value);
  const list = listIn(value);
  if (list) return `${kind}[${list.map((item) => inside(item)).join(', ')}]`;
  if (types.isDate(value)) return value.toISOString();
  return `${kind}{${fieldsOf(value)
    .map(([key, item]) => `${key}: ${inside(item)}`)
    .join(', ')}}`;
}

/** What a program sees of an object: names with a leading dollar are the runtime's. */
function fieldsOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([key]) => !key.startsWith('$'));
}

/** The elements of a collection, of the language or of the runtime; a map is a list of pairs. */
function listIn(value: object): unknown[] | undefined {
  return isIterable(value) ? Array.from(value) : undefined;
}

/** The values come from another realm, so instanceof says nothing. */
function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value && typeof value[Symbol.iterator] === 'function';
}

function kindOf(value: object): string {
  const { constructor } = value;
  const isPlain = Array.isArray(value) || typeof constructor !== 'function';
  return isPlain || constructor.name === 'Object' ? '' : `${constructor.name} `;
}
