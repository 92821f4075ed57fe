import { ByteWriter } from './byte-writer.ts';
import { CHANGES, type GraphOutput, type Kind, type Shape } from './kind.ts';
import { type Entry, ObjectTable } from './object-table.ts';
import { kindOf } from './registry.ts';
import { Unpersistable } from './unpersistable.ts';
import * as tag from './value-tag.ts';

/** Longer texts are rarely seen twice: they are written where they stand. */
const INTERNED_LENGTH_MAX = 200;

/** Writes values and objects in terms of a table, which learns what it does not know yet. */
export class GraphWriter extends ByteWriter implements GraphOutput {
  readonly #externals: ReadonlyMap<object, string>;
  #table = new ObjectTable();

  constructor(externals: ReadonlyMap<object, string>) {
    super();
    this.#externals = externals;
  }

  /** Forgets what was written, and goes on in terms of `table`. */
  begin(table: ObjectTable): void {
    this.clear();
    this.#table = table;
  }

  string(value: string): void {
    this.uint(this.#table.stringIndex(value));
  }

  shape(owner: string, names: readonly string[]): Shape {
    const shape = this.#table.shapeOf(owner, names);
    this.uint(shape.index);
    return shape;
  }

  value(value: unknown): void {
    switch (typeof value) {
      case 'number':
        return this.#number(value);
      case 'string':
        return this.#text(value);
      case 'object':
        return value === null ? this.byte(tag.NULL) : this.#reference(value);
      case 'function':
        return this.#reference(value);
      case 'undefined':
        return this.byte(tag.UNDEFINED);
      case 'boolean':
        return this.byte(value ? tag.TRUE : tag.FALSE);
      case 'bigint':
        this.byte(tag.BIGINT);
        return this.text(value.toString(36));
      case 'symbol':
        throw new Unpersistable(value, `the symbol ${String(value)}`, 'use a string.');
    }
  }

  /** The content of an object that the log has already, whole or only its changes. */
  changed({ object, id, kind }: Entry): void {
    this.uint(id);
    if (kind.writeChanges === undefined) return this.content(object, kind);
    this.byte(kind.code | CHANGES);
    const start = this.open();
    kind.writeChanges(object, this);
    this.close(start);
  }

  content(object: object, kind: Kind): void {
    this.byte(kind.code);
    const start = this.open();
    kind.write(object, this);
    this.close(start);
  }

  #number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      this.byte(tag.FLOAT);
      this.float(value);
    } else if (value < 0) {
      this.byte(tag.NEGATIVE_INTEGER);
      this.uint(-1 - value);
    } else if (value < tag.SMALL_INTEGERS) {
      this.byte(value);
    } else {
      this.byte(tag.INTEGER);
      this.uint(value);
    }
  }

  #text(value: string): void {
    if (value.length > INTERNED_LENGTH_MAX) {
      this.byte(tag.LONG_STRING);
      this.text(value);
    } else {
      this.byte(tag.STRING);
      this.uint(this.#table.stringIndex(value));
    }
  }

  #reference(o: object): void {
    const entry = this.#table.entries.get(o) ?? this.#adopt(o);
    if (entry === undefined) return;
    this.byte(tag.REFERENCE);
    this.uint(entry.id);
  }

  /** Undefined if `o` has no identity to refer to and was written on the spot. */
  #adopt(o: object): Entry | undefined {
    const external = this.#externals.get(o);
    if (external !== undefined) {
      this.byte(tag.EXTERNAL);
      this.string(external);
      return undefined;
    }
    const kind = kindOf(o);
    if ('code' in kind) return this.#table.adopt(o, kind);
    this.byte(kind.tag);
    kind.write(o, this);
    return undefined;
  }
}
