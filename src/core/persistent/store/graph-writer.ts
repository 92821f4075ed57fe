import type { ByteWriter } from './byte-writer.ts';
import { CHANGES, type GraphOutput, type Kind, type Shape } from './kind.ts';
import type { Entry, ObjectTable } from './object-table.ts';
import { kindOf } from './registry.ts';
import { Unpersistable } from './unpersistable.ts';
import * as tag from './value-tag.ts';

/** Longer texts are rarely seen twice: they are written where they stand. */
const INTERNED_LENGTH_MAX = 200;

/** Writes values and objects in terms of a table, which learns what it does not know yet. */
export class GraphWriter implements GraphOutput {
  readonly #table: ObjectTable;
  readonly #externals: ReadonlyMap<object, string>;
  readonly #bytes: ByteWriter;

  constructor(table: ObjectTable, externals: ReadonlyMap<object, string>, bytes: ByteWriter) {
    this.#table = table;
    this.#externals = externals;
    this.#bytes = bytes;
  }

  byte(value: number): void {
    this.#bytes.byte(value);
  }

  uint(value: number): void {
    this.#bytes.uint(value);
  }

  float(value: number): void {
    this.#bytes.float(value);
  }

  raw(bytes: Uint8Array): void {
    this.#bytes.raw(bytes);
  }

  string(value: string): void {
    this.#bytes.uint(this.#table.stringIndex(value));
  }

  shape(owner: string, names: readonly string[]): Shape {
    const shape = this.#table.shapeOf(owner, names);
    this.#bytes.uint(shape.index);
    return shape;
  }

  value(value: unknown): void {
    switch (typeof value) {
      case 'number':
        return this.#number(value);
      case 'string':
        return this.#text(value);
      case 'object':
        return value === null ? this.#bytes.byte(tag.NULL) : this.#reference(value);
      case 'function':
        return this.#reference(value);
      case 'undefined':
        return this.#bytes.byte(tag.UNDEFINED);
      case 'boolean':
        return this.#bytes.byte(value ? tag.TRUE : tag.FALSE);
      case 'bigint':
        this.#bytes.byte(tag.BIGINT);
        return this.#bytes.text(value.toString(36));
      case 'symbol':
        throw new Unpersistable(value, `the symbol ${String(value)}`, 'use a string.');
    }
  }

  /** The content of an object that the log has already, whole or only its changes. */
  changed({ object, id, kind }: Entry): void {
    this.#bytes.uint(id);
    if (kind.writeChanges === undefined) return this.content(object, kind);
    this.#bytes.byte(kind.code | CHANGES);
    const start = this.#bytes.open();
    kind.writeChanges(object, this);
    this.#bytes.close(start);
  }

  content(object: object, kind: Kind): void {
    this.#bytes.byte(kind.code);
    const start = this.#bytes.open();
    kind.write(object, this);
    this.#bytes.close(start);
  }

  #number(value: number): void {
    const bytes = this.#bytes;
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      bytes.byte(tag.FLOAT);
      bytes.float(value);
    } else if (value < 0) {
      bytes.byte(tag.NEGATIVE_INTEGER);
      bytes.uint(-1 - value);
    } else if (value < tag.SMALL_INTEGERS) {
      bytes.byte(value);
    } else {
      bytes.byte(tag.INTEGER);
      bytes.uint(value);
    }
  }

  #text(value: string): void {
    if (value.length > INTERNED_LENGTH_MAX) {
      this.#bytes.byte(tag.LONG_STRING);
      this.#bytes.text(value);
    } else {
      this.#bytes.byte(tag.STRING);
      this.#bytes.uint(this.#table.stringIndex(value));
    }
  }

  #reference(o: object): void {
    const entry = this.#table.entries.get(o) ?? this.#adopt(o);
    if (entry === undefined) return;
    this.#bytes.byte(tag.REFERENCE);
    this.#bytes.uint(entry.id);
  }

  /** Undefined if `o` has no identity to refer to and was written on the spot. */
  #adopt(o: object): Entry | undefined {
    const external = this.#externals.get(o);
    if (external !== undefined) {
      this.#bytes.byte(tag.EXTERNAL);
      this.string(external);
      return undefined;
    }
    const kind = kindOf(o);
    if ('code' in kind) return this.#table.adopt(o, kind);
    this.#bytes.byte(kind.tag);
    kind.write(o, this);
    return undefined;
  }
}
