import { sha256 as sha2 } from '@noble/hashes/sha2.js';

import { hex } from './hex.ts';

/** SHA-256, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return sha2(bytes);
}

/** SHA-256 in lower-case hexadecimal, 64 digits. */
export function digestHex(bytes: Uint8Array): string {
  return hex(sha256(bytes));
}
