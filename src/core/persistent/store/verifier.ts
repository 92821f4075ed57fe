import { formatPath, type Place } from './graph-walk.ts';
import type { Kind, Label } from './kind.ts';
import type { ObjectTable } from './object-table.ts';
import { printValue } from './print.ts';
import { findKind } from './registry.ts';
import { StoreError } from './store-error.ts';

/** What every object held when it was last stored, to find writes nobody was told of. */
export class Verifier {
  readonly #remembered = new WeakMap<object, readonly Content[]>();

  remember(object: object, kind: Kind): void {
    this.#remembered.set(object, contentOf(object, kind));
  }

  /**
   * What has changed without a word.
   *
   * @yields Objects of the table that are not as they were remembered.
   */
  *changed(places: Iterable<Place>, table: ObjectTable): Generator<object> {
    for (const place of places) {
      if (table.entries.has(place.object) && this.#differenceIn(place)) yield place.object;
    }
  }

  /** Throws if an object that counts as unchanged has changed. */
  check(places: Iterable<Place>, table: ObjectTable): void {
    for (const place of places) {
      if (table.entries.get(place.object)?.dirty !== false) continue;
      const difference = this.#differenceIn(place);
      if (difference) refuse(place, difference);
    }
  }

  /** The first, if there is any. */
  #differenceIn({ object, kind }: Place): Content | undefined {
    const before = this.#remembered.get(object);
    if (before === undefined) return undefined;
    const now = contentOf(object, kind);
    const i = now.findIndex(
      ({ label, essence }, at) =>
        label !== before[at]?.label || !Object.is(essence, before[at].essence),
    );
    if (i >= 0) return now[i];
    const lost = before[now.length];
    return lost && { ...lost, value: undefined };
  }
}

/** What an object holds under a label. */
interface Content {
  readonly label: Label;
  readonly value: unknown;
  /** The value, or what stands for its content if it has no identity. */
  readonly essence: unknown;
}

function contentOf(object: object, kind: Kind): Content[] {
  const content: Content[] = [];
  kind.edges(object, (label, value) => content.push({ label, value, essence: essenceOf(value) }));
  return content;
}

function essenceOf(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
  const kind = findKind(value);
  return kind !== undefined && 'essence' in kind ? kind.essence(value) : value;
}

function refuse(place: Place, { label, value }: Content): never {
  throw new StoreError(
    `A write bypassed the write barrier: now ${printValue(value)}\n` +
      `  found at: ${formatPath(place, label)}\n` +
      `  Fix: write persistent objects only in 'use persistent' modules, or call touch(object).`,
  );
}

/** Verify mode, for the options of an engine: a program that does not ask for it does not carry it. */
export const verifying = (): Verifier => new Verifier();
