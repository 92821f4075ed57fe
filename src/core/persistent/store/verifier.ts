import { formatPath, type Place } from './graph-walk.ts';
import type { Kind, Label } from './kind.ts';
import type { ObjectTable } from './object-table.ts';
import { printValue } from './print.ts';
import { findKind } from './registry.ts';
import { StoreError } from './store-error.ts';

/** What every object held when it was last stored, to find writes nobody was told of. */
export class Verifier {
  readonly #remembered = new WeakMap<object, unknown[]>();

  remember(object: object, kind: Kind): void {
    this.#remembered.set(object, contentOf(object, kind));
  }

  /**
   * What has changed without a word.
   *
   * @yields Objects of the table that are not as they were remembered.
   */
  *changed(places: Iterable<Place>, table: ObjectTable): Generator<object> {
    for (const { object, kind } of places) {
      const before = this.#remembered.get(object);
      if (before === undefined || !table.entries.has(object)) continue;
      const now = contentOf(object, kind);
      const isAsBefore =
        now.length === before.length && now.every((value, i) => isSame(value, before[i]));
      if (!isAsBefore) yield object;
    }
  }

  /** Throws if an object that counts as unchanged has changed. */
  check(places: Iterable<Place>, table: ObjectTable): void {
    for (const place of places) {
      const entry = table.entries.get(place.object);
      const before = this.#remembered.get(place.object);
      if (entry !== undefined && !entry.dirty && before !== undefined) compare(place, before);
    }
  }
}

/** Labels and values in turn; values without identity as copies. */
function contentOf(object: object, kind: Kind): unknown[] {
  const content: unknown[] = [];
  kind.edges(object, (label, value) => {
    const valueKind = valueKindOf(value);
    content.push(label, valueKind === undefined ? value : valueKind.copy(valueKind.object));
  });
  return content;
}

function compare(place: Place, before: readonly unknown[]): void {
  let i = 0;
  place.kind.edges(place.object, (label, value) => {
    if (label !== before[i] || !isSame(value, before[i + 1])) refuse(place, label, value);
    i += 2;
  });
  const lost = before[i];
  if (i < before.length) refuse(place, typeof lost === 'number' ? lost : String(lost), undefined);
}

function isSame(value: unknown, before: unknown): boolean {
  const valueKind = valueKindOf(value);
  if (valueKind === undefined) return Object.is(value, before);
  return valueKind.equals(valueKind.object, before);
}

function refuse(place: Place, label: Label, value: unknown): never {
  throw new StoreError(
    `A write bypassed the write barrier: now ${printValue(value)}\n` +
      `  found at: ${formatPath(place, label)}\n` +
      `  Fix: write persistent objects only in 'use persistent' modules, or call touch(object).`,
  );
}

function valueKindOf(value: unknown) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null)
    return undefined;
  const kind = findKind(value);
  if (kind === undefined || !('copy' in kind)) return undefined;
  return {
    object: value,
    copy: (o: object) => kind.copy(o),
    equals: (o: object, copy: unknown) => kind.equals(o, copy),
  };
}
