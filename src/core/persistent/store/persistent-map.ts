import { written } from './barrier.ts';
import {
  type GraphInput,
  type GraphOutput,
  type Kind,
  PERSISTENT_MAP,
  type Visit,
} from './kind.ts';
import { printKey } from './print.ts';
import { registerKind } from './registry.ts';

const DELETED = 0;
const REPLACED = 1;
/** Set when it was not there: it stands at the end. */
const INSERTED = 2;
type Change = typeof DELETED | typeof REPLACED | typeof INSERTED;

type Key = string | number;

/** A Map of any size: a commit writes only the keys that changed. */
export class PersistentMap<K extends Key, V> implements ReadonlyMap<K, V> {
  /** For the runtime. */
  readonly $entries = new Map<K, V>();
  /** For the runtime: since the last record, in the order of replay; none before the first. */
  $changes: Map<K, Change> | undefined;

  get size(): number {
    return this.$entries.size;
  }

  get(key: K): V | undefined {
    return this.$entries.get(key);
  }

  has(key: K): boolean {
    return this.$entries.has(key);
  }

  set(key: K, value: V): this {
    written(this);
    const changes = this.$changes;
    if (changes !== undefined) {
      if (!this.$entries.has(key)) {
        changes.delete(key);
        changes.set(key, INSERTED);
      } else if (!changes.has(key)) changes.set(key, REPLACED);
    }
    this.$entries.set(key, value);
    return this;
  }

  delete(key: K): boolean {
    if (!this.$entries.delete(key)) return false;
    written(this);
    this.$changes?.delete(key);
    this.$changes?.set(key, DELETED);
    return true;
  }

  clear(): void {
    for (const key of this.$entries.keys()) this.delete(key);
  }

  keys(): MapIterator<K> {
    return this.$entries.keys();
  }

  values(): MapIterator<V> {
    return this.$entries.values();
  }

  entries(): MapIterator<[K, V]> {
    return this.$entries.entries();
  }

  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.$entries) visit(value, key, this);
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.$entries.entries();
  }
}

const kind: Kind<PersistentMap<Key, unknown>> = {
  code: PERSISTENT_MAP,
  name: 'persistent-map',
  type: () => 'PersistentMap',
  write(o, output) {
    output.uint(o.size);
    for (const [key, value] of o.$entries) {
      output.value(key);
      output.value(value);
    }
  },
  create: () => new PersistentMap<Key, unknown>(),
  fill(o, input) {
    for (let left = input.uint(); left > 0; left--) {
      const key = keyFrom(input);
      o.$entries.set(key, input.value());
    }
  },
  writeChanges(o, output: GraphOutput) {
    output.uint(o.$changes?.size ?? 0);
    for (const [key, change] of o.$changes ?? []) {
      output.byte(change);
      output.value(key);
      if (change !== DELETED) output.value(o.$entries.get(key));
    }
  },
  readChanges(o, input) {
    for (let left = input.uint(); left > 0; left--) {
      const change = input.byte();
      const key = keyFrom(input);
      if (change !== REPLACED) o.$entries.delete(key);
      if (change !== DELETED) o.$entries.set(key, input.value());
    }
  },
  saved(o) {
    if (o.$changes === undefined) o.$changes = new Map();
    else o.$changes.clear();
  },
  edges(o, visit: Visit) {
    for (const [key, value] of o.$entries) {
      visit('[key]', key);
      visit(`[${printKey(key)}]`, value);
    }
  },
};

registerKind(PersistentMap.prototype, kind);

function keyFrom(input: GraphInput): Key {
  const key = input.value();
  return typeof key === 'number' ? key : String(key);
}
