import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { textOfUtf8, utf8 } from './utf8.ts';

describe('UTF-8', () => {
  it('gives back every well-formed text, a byte order mark included', () => {
    expect(textOfUtf8(utf8('\u{FEFF}x'))).toBe('\u{FEFF}x');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textOfUtf8(utf8(text))).toBe(text);
      }),
    );
  });

  it.each([
    { why: 'a lone continuation', bytes: [0x80] },
    { why: 'a long form', bytes: [0xc0, 0x80] },
    { why: 'a surrogate', bytes: [0xed, 0xa0, 0x80] },
    { why: 'a cut', bytes: [0xe2, 0x82] },
    { why: 'beyond the last character', bytes: [0xf4, 0x90, 0x80, 0x80] },
  ])('is not $why', ({ bytes }) => {
    expect(textOfUtf8(new Uint8Array(bytes))).toBeUndefined();
  });
});
