import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

import { assert } from './assert.ts';

/** Lower-case hexadecimal, two digits a byte. */
export function hex(bytes: Uint8Array): string {
  return bytesToHex(bytes);
}

/** Whether `value` is `bytes` bytes in lower-case hexadecimal. */
export function isHex(value: unknown, bytes: number): value is string {
  return typeof value === 'string' && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value);
}

/** The bytes of a lower-case hexadecimal text. */
export function bytesOfHex(text: string): Uint8Array {
  assert(
    isHex(text, Math.floor(text.length / 2)),
    `bytes are pairs of lower-case hexadecimal digits, not ${text}`,
  );
  return hexToBytes(text);
}
