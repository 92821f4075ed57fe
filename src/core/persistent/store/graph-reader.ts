import { ByteReader } from './byte-reader.ts';
import type { GraphInput, Kind, Shape } from './kind.ts';
import type { LogImage, Position, StoredObject } from './log-image.ts';
import { kindWithCode, valueKindWithTag } from './registry.ts';
import { known, StoreError } from './store-error.ts';
import * as tag from './value-tag.ts';

/** Makes the objects of a storage log, those that are asked for and those they lead to. */
export class GraphReader extends ByteReader implements GraphInput {
  /** Every object made, by its id. */
  readonly objects = new Map<number, object>();
  /** Those that a new edition of the program has changed on the way in. */
  readonly upgraded: object[] = [];
  readonly #image: LogImage;
  readonly #externals: Readonly<Record<string, object>>;
  readonly #upgrades: { object: object; upgrade: () => void }[] = [];
  readonly #unfilled: { id: number; object: object; kind: Kind }[] = [];

  constructor(image: LogImage, externals: Readonly<Record<string, object>>) {
    super(new Uint8Array());
    this.#image = image;
    this.#externals = externals;
  }

  /** The object with this id. Its content is there after `finish`. */
  object(id: number): object {
    const made = this.objects.get(id);
    if (made !== undefined) return made;
    const stored = this.#stored(id);
    const kind = kindWithCode(stored.code);
    const { bytes, position } = this;
    this.#jump(stored.whole);
    const object = kind.create(this);
    this.#jump({ bytes, offset: position });
    this.objects.set(id, object);
    this.#unfilled.push({ id, object, kind });
    return object;
  }

  /** Fills every object made so far, and all they refer to. */
  finish(): void {
    for (const { id, object, kind } of this.#unfilled) {
      const { whole, changes } = this.#stored(id);
      this.#jump(whole);
      kind.fill(object, this);
      for (const change of changes) {
        this.#jump(change);
        kind.readChanges?.(object, this);
      }
    }
    for (const { object, upgrade } of this.#upgrades) {
      upgrade();
      this.upgraded.push(object);
    }
  }

  upgrade(object: object, upgrade: () => void): void {
    this.#upgrades.push({ object, upgrade });
  }

  string(): string {
    return this.#image.string(this.uint());
  }

  shape(): Shape {
    const index = this.uint();
    return known(this.#image.shapes[index], 'shape', index);
  }

  skipHole(): boolean {
    const isHole = this.bytes[this.position] === tag.HOLE;
    if (isHole) this.position++;
    return isHole;
  }

  value(): unknown {
    const first = this.byte();
    if (first < tag.SMALL_INTEGERS) return first;
    switch (first) {
      case tag.REFERENCE:
        return this.object(this.uint());
      case tag.STRING:
        return this.string();
      case tag.UNDEFINED:
        return undefined;
      case tag.NULL:
        return null;
      case tag.TRUE:
        return true;
      case tag.FALSE:
        return false;
      case tag.INTEGER:
        return this.uint();
      case tag.NEGATIVE_INTEGER:
        return -1 - this.uint();
      case tag.FLOAT:
        return this.float();
      default:
        return this.#rareValue(first);
    }
  }

  #rareValue(first: number): unknown {
    switch (first) {
      case tag.LONG_STRING:
        return this.text();
      case tag.BIGINT:
        return bigintFrom(this.text());
      case tag.EXTERNAL:
        return this.#external(this.string());
      default:
        return valueKindWithTag(first).read(this);
    }
  }

  #external(name: string): object {
    const external = this.#externals[name];
    if (external === undefined || !Object.hasOwn(this.#externals, name)) {
      throw new StoreError(`the external '${name}' is missing: pass it to restore()`);
    }
    return external;
  }

  #stored(id: number): StoredObject {
    return known(this.#image.objects.get(id), 'object', id);
  }

  #jump({ bytes, offset }: Omit<Position, 'length'>): void {
    this.bytes = bytes;
    this.position = offset;
  }
}

function bigintFrom(text: string): bigint {
  const negative = text.startsWith('-');
  let value = 0n;
  for (const digit of negative ? text.slice(1) : text) {
    value = value * 36n + BigInt(Number.parseInt(digit, 36));
  }
  return negative ? -value : value;
}
