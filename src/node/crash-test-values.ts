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
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item)]));
}

/** Maps become lists of pairs. The values come from another realm, so instanceof says nothing. */
function listIn(value: object): unknown[] | undefined {
  const isList = Array.isArray(value) || types.isUint8Array(value);
  if (!isList && !types.isMap(value) && !types.isSet(value)) return undefined;
  return Array.from<unknown>(value);
}
