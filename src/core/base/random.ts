import { assert, defined } from './assert.ts';
import { sha256 } from './digest.ts';
import { type RandomState, Sfc32 } from './sfc32.ts';
import { utf8 } from './utf8.ts';

/** A seeded generator (sfc32, keyed by SHA-256): the same key gives the same numbers everywhere. */
export class Random extends Sfc32 {
  constructor(key: string | RandomState) {
    super(typeof key === 'string' ? seedOf(key) : key);
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
}

function seedOf(key: string): RandomState {
  assert(key.isWellFormed(), 'a key is well-formed text');
  const bytes = sha256(utf8(key));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)];
}
