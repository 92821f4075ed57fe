import { encode as encodeByLibrary } from 'cborg';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { encode } from './cbor-encoding.ts';
import type { Cbor } from './cbor.ts';
import { decode, isCbor, sameBytes } from './cbor.ts';
import { bytesOfHex, hex } from './hex.ts';

const { value } = fc.letrec<{ value: Cbor }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes)),
    fc.array(tie('value'), { maxLength: 30 }),
  ),
}));

function decoded(bytes: string): unknown {
  return decode(bytesOfHex(bytes));
}

describe('canonical encoding', () => {
  it.each([
    { value: null, bytes: 'f6' },
    { value: true, bytes: 'f5' },
    { value: 0, bytes: '00' },
    { value: 23, bytes: '17' },
    { value: 24, bytes: '1818' },
    { value: 255, bytes: '18ff' },
    { value: 256, bytes: '190100' },
    { value: 65_535, bytes: '19ffff' },
    { value: 65_536, bytes: '1a00010000' },
    { value: 2 ** 32 - 1, bytes: '1affffffff' },
    { value: 2 ** 32, bytes: '1b0000000100000000' },
    { value: -1, bytes: '20' },
    { value: -257, bytes: '390100' },
    { value: Number.MIN_SAFE_INTEGER, bytes: '3b001ffffffffffffe' },
    { value: Number.MAX_SAFE_INTEGER, bytes: '1b001fffffffffffff' },
    { value: '', bytes: '60' },
    { value: 'ü', bytes: '62c3bc' },
    { value: '\u{FEFF}mark', bytes: '67efbbbf6d61726b' },
    { value: new Uint8Array([1, 2]), bytes: '420102' },
    { value: ['a', [], 1], bytes: '8361618001' },
  ])('writes $value as $bytes and reads it back', ({ value, bytes }) => {
    expect(hex(encode(value))).toBe(bytes);
    expect(decode(bytesOfHex(bytes))).toEqual({ ok: true, value });
  });

  it('writes what is longer than its buffer', () => {
    const long = ['x'.repeat(10_000), new Uint8Array(20_000).fill(7), 'ü'.repeat(9000)];
    const bytes = encode(long);
    expect(bytes.length).toBe(1 + 3 + 10_000 + 3 + 20_000 + 3 + 18_000);
    expect(decode(bytes)).toEqual({ ok: true, value: long });
  });

  it('starts afresh after what it has refused', () => {
    expect(() => encode([1, 0.5])).toThrow('only null');
    expect(hex(encode([1]))).toBe('8101');
  });

  it('gives back every value it encodes', () => {
    fc.assert(
      fc.property(value, (value) => {
        expect(decode(encode(value))).toEqual({ ok: true, value });
      }),
    );
  });

  it('writes what a library writes', () => {
    fc.assert(
      fc.property(value, (value) => {
        expect(hex(encode(value))).toBe(hex(new Uint8Array(encodeByLibrary(value))));
      }),
    );
  });

  it('reads an encoding with a byte changed only if a library writes it so', () => {
    const changed = fc.tuple(value, fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(changed, ([value, place, change]) => {
        const bytes = encode(value);
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const result = decode(bytes);
        const again = result.ok ? new Uint8Array(encodeByLibrary(result.value)) : bytes;
        expect(hex(again)).toBe(hex(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads and writes texts and lists of every length of head', () => {
    for (const length of [0, 23, 24, 160, 161, 255, 256, 65_535, 65_536]) {
      for (const value of [
        'a'.repeat(length),
        'é'.repeat(length),
        Array<number>(length).fill(-1),
      ]) {
        const bytes = encode(value);
        expect(sameBytes(bytes, encodeByLibrary(value))).toBe(true);
        expect(decode(bytes)).toEqual({ ok: true, value });
      }
    }
  });

  it('gives different bytes to different values, and equal bytes to equal ones', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(sameBytes(encode(a), encode(b))).toBe(isSame(a, b));
      }),
    );
  });

  it('reads arbitrary bytes only if they are the encoding of what it reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const result = decode(bytes);
        expect(hex(result.ok ? encode(result.value) : bytes)).toBe(hex(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads and writes plain bytes of its own, also from a Node Buffer', () => {
    const buffer = Buffer.from(encode([new Uint8Array([7])]));
    const result = decode(buffer);
    buffer.fill(0);
    expect(result).toEqual({ ok: true, value: [new Uint8Array([7])] });
    expect(encode([1]).constructor).toBe(Uint8Array);
  });

  it.each([
    { why: 'a fraction', value: 0.5 },
    { why: 'minus zero', value: -0 },
    { why: 'not a number', value: Number.NaN },
    { why: 'infinity', value: Infinity },
    { why: 'an integer that is not safe', value: 2 ** 53 },
    { why: 'a big integer', value: 1n },
    { why: 'undefined', value: undefined },
    { why: 'a lone surrogate', value: '\uD800' },
    { why: 'an object', value: { a: 1 } },
    { why: 'a class instance', value: new Date(0) },
    { why: 'another typed array', value: new Uint16Array(1) },
    { why: 'undefined in an array', value: [1, undefined] },
    { why: 'a hole', value: Array(1) },
  ])('refuses to encode $why', ({ value }) => {
    expect(isCbor(value)).toBe(false);
    expect(() => Reflect.apply(encode, undefined, [value])).toThrow('only null, booleans');
  });
});

describe('strict decoding', () => {
  it.each([
    { why: 'nothing at all', bytes: '' },
    { why: 'an array cut short', bytes: '8201' },
    { why: 'a text cut short', bytes: '6261' },
    { why: 'a length beyond memory', bytes: '9b001fffffffffffff' },
    { why: 'an integer beyond 2^53', bytes: '1b0020000000000000' },
    { why: 'a text length beyond 2^53', bytes: '7bffffffffffffffff' },
    { why: 'bytes after the value', bytes: '0000' },
    { why: 'an indefinite array', bytes: '9fff' },
    { why: 'an indefinite text', bytes: '7f6161ff' },
    { why: 'undefined', bytes: 'f7' },
    { why: 'a simple value', bytes: 'f0' },
    { why: 'a break alone', bytes: 'ff' },
    { why: 'a reserved length', bytes: '1c' },
    { why: 'not a number', bytes: 'f97e00' },
  ])('calls $why undecodable', ({ bytes }) => {
    expect(decoded(bytes)).toMatchObject({ ok: false, problem: 'undecodable' });
  });

  it.each([
    { why: 'a long form of a small integer', bytes: '1800' },
    { why: 'a long form of a length', bytes: '980100' },
    { why: 'a whole number as a float', bytes: 'f93c00' },
    { why: 'a fraction', bytes: 'f93800' },
    { why: 'minus zero', bytes: 'f98000' },
    { why: 'a map', bytes: 'a0' },
    { why: 'a tag', bytes: 'c000' },
    { why: 'a text that is not UTF-8', bytes: '61ff' },
    { why: 'a surrogate in UTF-8', bytes: '63eda080' },
    { why: 'a long form of UTF-8', bytes: '62c080' },
  ])('calls $why non-canonical', ({ bytes }) => {
    expect(decoded(bytes)).toMatchObject({ ok: false, problem: 'non-canonical' });
  });

  it('looks at no more bytes than allowed', () => {
    const bytes = encode('12345678');
    expect(decode(bytes, { bytes: bytes.length, nesting: 1 })).toEqual({
      ok: true,
      value: '12345678',
    });
    expect(decode(bytes, { bytes: bytes.length - 1, nesting: 1 })).toMatchObject({
      ok: false,
      problem: 'oversized',
    });
  });

  it('looks no deeper than allowed, however deep the bytes go', () => {
    const bounded = { bytes: 1 << 20, nesting: 3 };
    expect(decode(encode([[[]], [[1]], 2]), bounded)).toMatchObject({ ok: true });
    expect(decode(encode([[[[]]]]), bounded)).toMatchObject({ ok: false, problem: 'oversized' });
    expect(decode(new Uint8Array(500_000).fill(0x81), bounded)).toMatchObject({
      ok: false,
      problem: 'oversized',
    });
  });
});

function isSame(a: Cbor, b: Cbor): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const left: readonly Cbor[] = a;
    const right: readonly Cbor[] = b;
    return left.length === right.length && left.every((item, i) => isSame(item, right[i] ?? null));
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) return sameBytes(a, b);
  return a === b;
}
