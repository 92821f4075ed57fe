import { findKind } from './registry.ts';

const TEXT_MAX = 80;

/** A key of a map as a person reads it. */
export function printKey(key: unknown): string {
  return typeof key === 'string' ? JSON.stringify(key) : printValue(key);
}

/** A value in a few characters: primitives as they are, objects by type and id. */
export function printValue(value: unknown, idOf?: (o: object) => number | undefined): string {
  if (typeof value === 'string') return JSON.stringify(shorten(value));
  if (typeof value === 'bigint') return `${value}n`;
  if (!isObject(value)) return Object.is(value, -0) ? '-0' : String(value);
  const kind = findKind(value);
  if (kind === undefined) return value.constructor.name;
  const id = idOf?.(value);
  return id === undefined ? kind.type(value) : `${kind.type(value)} #${id}`;
}

/** `value` as data that survives JSON, at most `depth` levels of it. */
export function plainOf(value: unknown, depth: number): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (!isObject(value)) return value ?? null;
  const kind = findKind(value);
  if (kind === undefined || !('edges' in kind)) return printValue(value);
  if (depth === 0 || kind.name === 'closure' || kind.name === 'frame') return kind.type(value);
  if (Array.isArray(value)) return value.map((element: unknown) => plainOf(element, depth - 1));
  const plain: Record<string, unknown> = {};
  kind.edges(value, (label, content) => {
    const name = String(label);
    if (name !== '[key]') plain[name] = plainOf(content, depth - 1);
  });
  return plain;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function shorten(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX)}…`;
}
