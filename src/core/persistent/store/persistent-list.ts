import { assert } from '#core/base/assert.ts';

import { written } from './barrier.ts';
import { type Kind, PERSISTENT_LIST } from './kind.ts';
import { registerKind } from './registry.ts';

/** Since the last record. */
interface Changes {
  /** Elements cut off at the front. */
  cut: number;
  /** Elements of the last record that are still there, at the front. */
  kept: number;
  /** Which of those were replaced; counted from the front before anything was cut. */
  readonly replaced: Set<number>;
}

/** A list of any length: a commit writes only the elements that changed. */
export class PersistentList<T> implements Iterable<T> {
  /** For the runtime. */
  readonly $items: T[] = [];
  /** For the runtime: none before the first record. */
  $changes: Changes | undefined;

  get length(): number {
    return this.$items.length;
  }

  get(index: number): T | undefined {
    return this.$items[index];
  }

  set(index: number, value: T): void {
    assert(Object.hasOwn(this.$items, index), `a list of ${this.length} has no element ${index}`);
    written(this);
    this.$items[index] = value;
    const changes = this.$changes;
    if (changes !== undefined && index < changes.kept) changes.replaced.add(index + changes.cut);
  }

  push(...values: readonly T[]): number {
    written(this);
    return this.$items.push(...values);
  }

  /** Drops the first `count` elements; the others move up. */
  truncateFront(count: number): void {
    assert(Number.isInteger(count) && count >= 0, `cannot drop ${count} elements`);
    if (count === 0) return;
    written(this);
    const { length } = this.$items.splice(0, count);
    const changes = this.$changes;
    if (changes === undefined) return;
    const stored = Math.min(length, changes.kept);
    changes.cut += stored;
    changes.kept -= stored;
  }

  slice(start?: number, end?: number): T[] {
    return this.$items.slice(start, end);
  }

  [Symbol.iterator](): ArrayIterator<T> {
    return this.$items.values();
  }
}

const kind: Kind<PersistentList<unknown>> = {
  code: PERSISTENT_LIST,
  name: 'persistent-list',
  type: () => 'PersistentList',
  write(o, output) {
    output.uint(o.length);
    for (const item of o.$items) output.value(item);
  },
  create: () => new PersistentList<unknown>(),
  fill(o, input) {
    for (let left = input.uint(); left > 0; left--) o.$items.push(input.value());
  },
  writeChanges(o, output) {
    const { cut, kept, replaced } = o.$changes ?? { cut: 0, kept: o.length, replaced: new Set() };
    output.uint(cut);
    const indices = [...replaced].map((index) => index - cut).filter((index) => index >= 0);
    output.uint(indices.length);
    for (const index of indices) {
      output.uint(index);
      output.value(o.$items[index]);
    }
    output.uint(o.length - kept);
    for (let i = kept; i < o.length; i++) output.value(o.$items[i]);
  },
  readChanges(o, input) {
    o.$items.splice(0, input.uint());
    for (let left = input.uint(); left > 0; left--) {
      const index = input.uint();
      o.$items[index] = input.value();
    }
    for (let left = input.uint(); left > 0; left--) o.$items.push(input.value());
  },
  saved(o) {
    o.$changes = { cut: 0, kept: o.length, replaced: new Set() };
  },
  edges(o, visit) {
    visit('length', o.length);
    for (const [i, item] of o.$items.entries()) visit(i, item);
  },
};

registerKind(PersistentList.prototype, kind);
