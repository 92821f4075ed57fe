import { createHash } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { digestHex, sha256 } from './digest.ts';
import { hex } from './hex.ts';
import { utf8 } from './utf8.ts';

describe('SHA-256', () => {
  it('is that of the standard', () => {
    expect(digestHex(utf8('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('is that of Node', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(digestHex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
        expect(hex(sha256(bytes))).toBe(digestHex(bytes));
      }),
    );
  });
});
