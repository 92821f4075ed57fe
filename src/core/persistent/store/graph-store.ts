import { assert } from '#core/base/assert.ts';

import type { WriteLog } from './barrier.ts';
import { registerBuiltinKinds } from './builtin-kinds.ts';
import { ByteWriter } from './byte-writer.ts';
import { GraphReader } from './graph-reader.ts';
import { type Entrance, type Place, pathTo, placesOf } from './graph-walk.ts';
import { GraphWriter } from './graph-writer.ts';
import { type EngineState, LogImage } from './log-image.ts';
import { type Entry, ObjectTable } from './object-table.ts';
import { type RecordKind, type SealedRecord, sealRecord } from './record.ts';
import { kindOf } from './registry.ts';
import { StoreError } from './store-error.ts';
import { Unpersistable } from './unpersistable.ts';
import type { Verifier } from './verifier.ts';

registerBuiltinKinds();

/** Objects held by the engine itself, in the order in which it needs them back: its timers. */
export interface Pins {
  readonly all: readonly object[];
  /** Since the last record. */
  readonly added: readonly object[];
  readonly removed: readonly object[];
}

export interface StoreOptions {
  readonly externals?: Readonly<Record<string, object>>;
  readonly verify?: () => Verifier;
}

/** What a storage log contained. */
export interface Restored {
  readonly store: GraphStore;
  readonly state: EngineState;
  readonly pins: readonly object[];
}

/** A graph of objects and the storage log that says the same: knows which objects have changed. */
export class GraphStore implements WriteLog {
  readonly #externals: ReadonlyMap<object, string>;
  readonly #verifier: Verifier | undefined;
  readonly #roots = new Map<string, object>();
  readonly #newRoots = new Set<string>();
  readonly #head = new ByteWriter();
  readonly #body: GraphWriter;
  #table = new ObjectTable();
  #dirty: Entry[] = [];
  #written: readonly Entry[] = [];
  #nextNumber = 0;
  #seal = 0;

  constructor({ externals = {}, verify }: StoreOptions) {
    this.#externals = new Map(Object.entries(externals).map(([name, o]) => [o, name]));
    this.#body = new GraphWriter(this.#externals);
    this.#verifier = verify?.();
  }

  static load(records: readonly Uint8Array[], options: StoreOptions): Restored {
    const image = new LogImage(records);
    const store = new GraphStore(options);
    const reader = new GraphReader(image, options.externals ?? {});
    for (const [name, id] of image.roots) store.#roots.set(name, reader.object(id));
    const pins = [...image.pins].map((id) => reader.object(id));
    reader.finish();
    store.#continue(image, reader);
    return { store, state: image.state, pins };
  }

  /** Makes `root` and all it leads to persistent. */
  attach(name: string, root: object): void {
    this.#roots.set(name, root);
    this.#newRoots.add(name);
  }

  findRoot(name: string): object | undefined {
    return this.#roots.get(name);
  }

  root(name: string): object {
    const root = this.#roots.get(name);
    if (root === undefined) throw new StoreError(`nothing is attached as '${name}'`);
    return root;
  }

  markDirty(o: unknown): void {
    // A Map takes any key and finds nothing under a primitive: one look-up on the hot path.
    const entries: ReadonlyMap<unknown, Entry> = this.#table.entries;
    const entry = entries.get(o);
    if (entry === undefined || entry.dirty) return;
    entry.dirty = true;
    this.#dirty.push(entry);
  }

  /** Finds by comparing what has changed without a word. Only in verify mode. */
  markChanges(): void {
    const changed = this.#verifier?.changed(this.places([]), this.#table);
    for (const object of changed ?? []) this.markDirty(object);
  }

  /** One record with everything that changed since the last. When it throws, nothing has changed. */
  delta(state: EngineState, pins: Pins): Uint8Array {
    this.#verifier?.check(this.places(pins.all), this.#table);
    const { bytes, seal } = this.#explained(pins, () => {
      return this.#record('delta', this.#table, state, {
        roots: [...this.#newRoots],
        removed: pins.removed,
        added: pins.added,
        dirty: this.#dirty,
      });
    });
    this.#accept([...this.#dirty, ...this.#table.fresh], seal, this.#nextNumber + 1);
    return bytes;
  }

  /**
   * One record that stands for the whole graph without its garbage. The same graph gives the same
   * bytes. With `adopt` the storage log begins anew with it.
   */
  snapshot(state: EngineState, pins: Pins, adopt: boolean): Uint8Array {
    if (adopt) this.#verifier?.check(this.places(pins.all), this.#table);
    const table = new ObjectTable();
    const { bytes, seal } = this.#explained(pins, () => {
      return this.#record('snapshot', table, state, {
        roots: [...this.#roots.keys()].sort(),
        removed: [],
        added: pins.all,
        dirty: [],
      });
    });
    if (adopt) {
      this.#table = table;
      this.#accept([...table.fresh], seal, 1);
    }
    return bytes;
  }

  /** Every object that is not garbage. */
  places(pins: readonly object[]): Iterable<Place> {
    return placesOf(this.#entrances(pins), this.#externals);
  }

  idOf(o: object): number | undefined {
    return this.#table.entries.get(o)?.id;
  }

  /** What the last record contained. */
  get written(): readonly Entry[] {
    return this.#written;
  }

  #record(kind: RecordKind, table: ObjectTable, state: EngineState, parts: Parts): SealedRecord {
    const body = this.#body;
    body.begin(table);
    try {
      this.#writeParts(parts, table, body);
    } catch (error) {
      table.rollBack();
      throw error;
    }
    this.#writeHead(state, table);
    const number = kind === 'snapshot' ? 0 : this.#nextNumber;
    const previous = kind === 'snapshot' ? 0 : this.#seal;
    return sealRecord({ kind, number, previous }, this.#head.view(), body.view());
  }

  #writeParts(
    { roots, removed, added, dirty }: Parts,
    table: ObjectTable,
    writer: GraphWriter,
  ): void {
    const idOf = (o: object): number => (table.entries.get(o) ?? table.adopt(o, identified(o))).id;
    writer.uint(roots.length);
    for (const name of roots) {
      writer.string(name);
      writer.uint(idOf(this.root(name)));
    }
    writer.uint(removed.length);
    for (const pin of removed) writer.uint(idOf(pin));
    writer.uint(added.length);
    for (const pin of added) writer.uint(idOf(pin));
    writer.uint(dirty.length);
    for (const entry of dirty) writer.changed(entry);
    // Their number is known only when they are written, each may lead to more: it goes to the end.
    for (const { object, kind } of table.fresh) writer.content(object, kind);
  }

  #writeHead({ turn, timeUs, draws }: EngineState, table: ObjectTable): void {
    const head = this.#head;
    head.clear();
    head.uint(turn);
    head.uint(timeUs);
    head.uint(draws);
    head.uint(table.fresh.length);
    head.uint(table.newStrings.length);
    for (const text of table.newStrings) head.text(text);
    head.uint(table.newShapes.length);
    for (const { owner, names } of table.newShapes) {
      head.uint(table.stringIndex(owner));
      head.uint(names.length);
      for (const name of names) head.uint(table.stringIndex(name));
    }
  }

  #accept(written: readonly Entry[], seal: number, nextNumber: number): void {
    for (const entry of this.#dirty) entry.dirty = false;
    for (const entry of written) {
      entry.kind.saved?.(entry.object);
      this.#verifier?.remember(entry.object, entry.kind);
    }
    this.#dirty = [];
    this.#newRoots.clear();
    this.#table.accept();
    this.#written = written;
    this.#seal = seal;
    this.#nextNumber = nextNumber;
  }

  #continue(image: LogImage, { objects, upgraded }: GraphReader): void {
    for (const text of image.strings) this.#table.stringIndex(text);
    for (const { owner, names } of image.shapes) this.#table.shapeOf(owner, names);
    for (const [id, object] of objects) {
      const kind = identified(object);
      this.#table.restore(object, id, kind);
      kind.saved?.(object);
      this.#verifier?.remember(object, kind);
    }
    for (const object of upgraded) this.markDirty(object);
    this.#table.nextId = image.nextId;
    this.#table.accept();
    this.#seal = image.seal;
    this.#nextNumber = image.records;
  }

  /** Adds the path to the error of a value that cannot be stored, unless only garbage holds it. */
  #explained(pins: Pins, write: () => SealedRecord): SealedRecord {
    try {
      return write();
    } catch (error) {
      if (!(error instanceof Unpersistable)) throw error;
      const path = pathTo(error.value, this.places(pins.all));
      if (path !== undefined) throw located(error, path);
      this.#forgetGarbage(pins);
      return write();
    }
  }

  /** Without an entry an object is new again, should it ever come back. */
  #forgetGarbage(pins: Pins): void {
    const reachable = new Set<object>(pins.removed);
    for (const { object } of this.places(pins.all)) reachable.add(object);
    const { entries } = this.#table;
    for (const object of entries.keys()) if (!reachable.has(object)) entries.delete(object);
    this.#dirty = this.#dirty.filter(({ object }) => reachable.has(object));
  }

  *#entrances(pins: readonly object[]): Generator<Entrance> {
    for (const [label, object] of this.#roots) yield { label, object };
    for (const object of pins) yield { label: 'timers', object };
  }
}

interface Parts {
  readonly roots: readonly string[];
  readonly removed: readonly object[];
  readonly added: readonly object[];
  readonly dirty: readonly Entry[];
}

function identified(o: object): Entry['kind'] {
  const kind = kindOf(o);
  assert('code' in kind, 'only an object with identity is a root, a timer or an entry');
  return kind;
}

function located({ reason, fix }: Unpersistable, path: string): StoreError {
  return new StoreError(`${reason}\n  found at: ${path}\n  Fix: ${fix}`);
}
