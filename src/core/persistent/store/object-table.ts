import type { Kind, Shape } from './kind.ts';

/** What the store knows of an object with identity. */
export interface Entry {
  readonly object: object;
  readonly id: number;
  readonly kind: Kind;
  /** Changed since the last record. */
  dirty: boolean;
}

interface OwnerShapes {
  last: Shape;
  /** By their names; made when the owner gets its second shape. */
  byNames: Map<string, Shape> | undefined;
}

/**
 * The numbers by which a storage log refers to objects, strings and shapes.
 *
 * It holds its objects, garbage included, until a snapshot begins a new log with a new table.
 */
export class ObjectTable {
  readonly entries = new Map<object, Entry>();
  nextId = 0;
  /** What the record being written introduces. */
  readonly fresh: Entry[] = [];
  readonly newStrings: string[] = [];
  readonly newShapes: Shape[] = [];
  readonly #strings = new Map<string, number>();
  readonly #owners = new Map<string, OwnerShapes>();
  #shapeCount = 0;

  adopt(object: object, kind: Kind): Entry {
    const entry = { object, id: this.nextId++, kind, dirty: false };
    this.entries.set(object, entry);
    this.fresh.push(entry);
    return entry;
  }

  /** An object that a restored log already has under this id. */
  restore(object: object, id: number, kind: Kind): void {
    this.entries.set(object, { object, id, kind, dirty: false });
  }

  stringIndex(text: string): number {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    const index = this.#strings.size;
    this.#strings.set(text, index);
    this.newStrings.push(text);
    return index;
  }

  shapeOf(owner: string, names: readonly string[]): Shape {
    const shapes = this.#owners.get(owner);
    if (shapes !== undefined && equal(shapes.last.names, names)) return shapes.last;
    if (shapes === undefined) {
      const shape = this.#newShape(owner, names);
      this.#owners.set(owner, { last: shape, byNames: undefined });
      return shape;
    }
    shapes.byNames ??= new Map([[keyOf(shapes.last.names), shapes.last]]);
    const key = keyOf(names);
    let shape = shapes.byNames.get(key);
    if (shape === undefined) {
      shape = this.#newShape(owner, names);
      shapes.byNames.set(key, shape);
    }
    shapes.last = shape;
    return shape;
  }

  /** What was introduced is part of the log now. */
  accept(): void {
    this.fresh.length = 0;
    this.newStrings.length = 0;
    this.newShapes.length = 0;
  }

  /** The record was not written: as if it had never been begun. */
  rollBack(): void {
    for (const { object } of this.fresh) this.entries.delete(object);
    this.nextId -= this.fresh.length;
    for (const text of this.newStrings) this.#strings.delete(text);
    for (const { owner, names } of this.newShapes) {
      const shapes = this.#owners.get(owner);
      shapes?.byNames?.delete(keyOf(names));
      const left = shapes?.byNames?.values().next().value;
      if (shapes === undefined || left === undefined) this.#owners.delete(owner);
      else shapes.last = left;
    }
    this.#shapeCount -= this.newShapes.length;
    this.accept();
  }

  #newShape(owner: string, names: readonly string[]): Shape {
    this.stringIndex(owner);
    for (const name of names) this.stringIndex(name);
    const shape = { index: this.#shapeCount++, owner, names };
    this.newShapes.push(shape);
    return shape;
  }
}

function equal(left: readonly string[], right: readonly string[]): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
  return true;
}

/** Different for different names, whatever is in them. */
function keyOf(names: readonly string[]): string {
  return names.map((name) => `${name.length}:${name}`).join('');
}
