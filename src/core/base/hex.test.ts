import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bytesOfHex, hex, isHex } from './hex.ts';

describe('hexadecimal', () => {
  it('has two lower-case digits a byte', () => {
    expect(hex(new Uint8Array([0, 15, 16, 255]))).toBe('000f10ff');
    expect(bytesOfHex('000f10ff')).toEqual(new Uint8Array([0, 15, 16, 255]));
    expect(bytesOfHex('')).toEqual(new Uint8Array());
  });

  it('gives back every byte string', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect([...bytesOfHex(hex(bytes))]).toEqual([...bytes]);
        expect(isHex(hex(bytes), bytes.length)).toBe(true);
      }),
    );
  });

  it.each(['0', '0F', 'zz', '0x', '00 '])('is not %j', (text) => {
    expect(() => bytesOfHex(text)).toThrow('pairs of lower-case hexadecimal digits');
  });

  it.each([
    { value: '00', bytes: 2 },
    { value: 'AA', bytes: 1 },
    { value: 0, bytes: 1 },
    { value: '00\n', bytes: 1 },
  ])('of $bytes bytes is not $value', ({ value, bytes }) => {
    expect(isHex(value, bytes)).toBe(false);
  });
});
