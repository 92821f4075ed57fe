import { ByteReader } from './byte-reader.ts';
import type { GraphInput, Kind, Shape } from './kind.ts';
import type { LogImage, Position } from './log-image.ts';
import { kindWithCode, valueKindWithTag } from './registry.ts';
import { StoreError } from './store-error.ts';
import * as tag from './value-tag.ts';

/** Makes the objects of a storage log, those that are asked for and those they lead to. */
export class GraphReader implements GraphInput {
  /** Every object made, by its id. */
  readonly objects = new Map<number, object>();
  /** Those that a new edition of the program has changed on the way in. */
  readonly upgraded: object[] = [];
  readonly #image: LogImage;
  readonly #externals: Readonly<Record<string, object>>;
  readonly #bytes = new ByteReader(new Uint8Array());
  readonly #upgrades: { object: object; upgrade: () => void }[] = [];
  readonly #unfilled: { id: number; object: object; kind: Kind }[] = [];

  constructor(image: LogImage, externals: Readonly<Record<string, object>>) {
    this.#image = image;
    this.#externals = externals;
  }

  /** The object with this id. Its content is there after `finish`. */
  object(id: number): object {
    const known = this.objects.get(id);
    if (known !== undefined) return known;
    const stored = this.#stored(id);
    const kind = kindWithCode(stored.code);
    const { bytes, position } = this.#bytes;
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

  byte(): number {
    return this.#bytes.byte();
  }

  uint(): number {
    return this.#bytes.uint();
  }

  float(): number {
    return this.#bytes.float();
  }

  raw(length: number): Uint8Array {
    return this.#bytes.raw(length);
  }

  string(): string {
    return this.#image.string(this.#bytes.uint());
  }

  shape(): Shape {
    const shape = this.#image.shapes[this.#bytes.uint()];
    if (shape === undefined) throw new StoreError('there is no such shape');
    return shape;
  }

  skipHole(): boolean {
    const isHole = this.#bytes.bytes[this.#bytes.position] === tag.HOLE;
    if (isHole) this.#bytes.position++;
    return isHole;
  }

  value(): unknown {
    const first = this.#bytes.byte();
    if (first < tag.SMALL_INTEGERS) return first;
    switch (first) {
      case tag.REFERENCE:
        return this.object(this.#bytes.uint());
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
        return this.#bytes.uint();
      case tag.NEGATIVE_INTEGER:
        return -1 - this.#bytes.uint();
      case tag.FLOAT:
        return this.#bytes.float();
      default:
        return this.#rareValue(first);
    }
  }

  #rareValue(first: number): unknown {
    switch (first) {
      case tag.LONG_STRING:
        return this.#bytes.text();
      case tag.BIGINT:
        return bigintFrom(this.#bytes.text());
      case tag.EXTERNAL:
        return this.#external(this.string());
      default: {
        const kind = valueKindWithTag(first);
        if (kind === undefined) throw new StoreError(`unknown value tag ${first}`);
        return kind.read(this);
      }
    }
  }

  #external(name: string): object {
    const external = this.#externals[name];
    if (external === undefined || !Object.hasOwn(this.#externals, name)) {
      throw new StoreError(`the external '${name}' is missing: pass it to restore()`);
    }
    return external;
  }

  #stored(id: number): ReturnType<LogImage['objects']['get']> & object {
    const stored = this.#image.objects.get(id);
    if (stored === undefined) throw new StoreError(`there is no object ${id}`);
    return stored;
  }

  #jump({ bytes, offset }: Position): void {
    this.#bytes.bytes = bytes;
    this.#bytes.position = offset;
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
