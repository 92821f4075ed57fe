import { textOfUtf8 } from './utf8.ts';

/** What a reader finds: text, integer, bytes, array, or one of the three simple values. */
type Value = null | boolean | number | string | Uint8Array | readonly Value[];

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;

/** Up to this length a text is read letter by letter. */
const shortText = 160;

/**
 * Reads what has exactly one encoding, and gives up at anything else: then it says nothing of what is wrong. What it
 * reads is the encoding of its value by construction: heads in their shortest form, definite lengths, exact UTF-8,
 * nothing behind the value. So nothing has to be encoded again to know that it is canonical.
 */
export class CborReader {
  private readonly bytes: Uint8Array;
  private readonly nesting: number;
  private at = 0;
  private isRefused = false;

  constructor(bytes: Uint8Array, nesting: number) {
    this.bytes = bytes;
    this.nesting = nesting;
  }

  /** The one value of these bytes; undefined if they are not the encoding of any. */
  value(): Value | undefined {
    const value = this.read(0);
    return this.isRefused || this.at !== this.bytes.length ? undefined : value;
  }

  private read(depth: number): Value {
    const first = this.bytes[this.at];
    if (first === undefined) return this.refuse();
    if (first >= 0xf4 && first <= 0xf6) {
      this.at += 1;
      return first === 0xf6 ? null : first === 0xf5;
    }
    const type = first >> 5;
    if (type > ARRAY) return this.refuse();
    const number = this.head(first & 31);
    if (number < 0) return this.refuse();
    switch (type) {
      case UNSIGNED:
        return number;
      case NEGATIVE:
        return number === Number.MAX_SAFE_INTEGER ? this.refuse() : -1 - number;
      case BYTES:
        return this.raw(number)?.slice() ?? this.refuse();
      case TEXT:
        return this.text(number);
      default:
        return this.array(number, depth + 1);
    }
  }

  /** The number of a head; -1 if it is not in its shortest form, or too large. */
  private head(info: number): number {
    this.at += 1;
    if (info < 24) return info;
    if (info > 27) return -1;
    const size = 1 << (info - 24);
    if (this.at + size > this.bytes.length) return -1;
    let number = 0;
    for (let i = 0; i < size; i++) number = number * 0x100 + (this.bytes[this.at + i] ?? 0);
    this.at += size;
    const least = info === 24 ? 24 : info === 25 ? 0x100 : info === 26 ? 0x10000 : 0x100000000;
    return number >= least && number <= Number.MAX_SAFE_INTEGER ? number : -1;
  }

  private array(count: number, depth: number): Value {
    // Each item takes a byte at least: a count alone makes nobody allocate.
    if (depth > this.nesting || count > this.bytes.length - this.at) return this.refuse();
    const items: Value[] = [];
    for (let i = 0; i < count && !this.isRefused; i++) items.push(this.read(depth));
    return items;
  }

  private text(length: number): Value {
    const raw = this.raw(length);
    if (raw === undefined) return this.refuse();
    if (length <= shortText) {
      const letters = lettersOf(raw);
      if (letters !== undefined) return letters;
    }
    // A copy: a decoder may refuse a view of bytes that are shared.
    return textOfUtf8(raw.slice()) ?? this.refuse();
  }

  private raw(length: number): Uint8Array | undefined {
    const end = this.at + length;
    if (end > this.bytes.length) return undefined;
    const raw = new Uint8Array(this.bytes.buffer, this.bytes.byteOffset + this.at, length);
    this.at = end;
    return raw;
  }

  private refuse(): null {
    this.isRefused = true;
    return null;
  }
}

/** Undefined if a letter takes more than one byte. */
function lettersOf(raw: Uint8Array): string | undefined {
  for (const byte of raw) if (byte > 0x7f) return undefined;
  return String.fromCharCode(...raw);
}
