import { assert, defined } from './assert.ts';
import { sha256 } from './digest.ts';
import { utf8 } from './utf8.ts';

/** Where a generator is: four unsigned 32-bit integers, plain data. */
export type RandomState = readonly [number, number, number, number];

/**
 * A seeded generator (sfc32, keyed by SHA-256). Integer arithmetic only, so the same key gives the same
 * numbers in every browser and in Node.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(key: string | RandomState) {
    [this.#a, this.#b, this.#c, this.#counter] = typeof key === 'string' ? seedOf(key) : key;
  }

  /** A number in [0, 1) with 53 random bits. */
  next(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** An integer from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    assert(
      Number.isSafeInteger(min) && Number.isSafeInteger(max) && min <= max,
      `a range of integers is from low to high, not from ${min} to ${max}`,
    );
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** One of `items`, each as likely as the other. */
  pick<T>(items: readonly T[]): T {
    assert(items.length > 0, 'a choice needs something to choose from');
    return defined(items[this.integer(0, items.length - 1)], 'a choice is one of its items');
  }

  /** `new Random(state)` goes on from here. */
  get state(): RandomState {
    return [this.#a, this.#b, this.#c, this.#counter];
  }

  #word(): number {
    const sum = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = (this.#b ^ (this.#b >>> 9)) >>> 0;
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
    return sum;
  }
}

function seedOf(key: string): RandomState {
  assert(key.isWellFormed(), 'a key is well-formed text');
  const bytes = sha256(utf8(key));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)];
}
