import { defined } from '#core/base/assert.ts';
import { bytesOfHex } from '#core/base/hex.ts';
import { keySeed } from '#core/pbft/key-seed.ts';
import type { ProcessId } from '#core/pbft/message.ts';

/** RFC 8410: what stands before the 32 bytes of a seed in the PKCS #8 form of an Ed25519 key. */
const pkcs8Prefix = bytesOfHex('302e020100300506032b657004220420');

/** The key with which a process of the lab with this seed signs. */
export function signingKeyOf(seed: number, process: ProcessId): Promise<CryptoKey> {
  const pkcs8 = new Uint8Array([...pkcs8Prefix, ...keySeed(seed, process)]);
  return crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
}

/** The public half of a signing key, 32 bytes. */
export async function publicHalfOf(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  const { x } = await crypto.subtle.exportKey('jwk', key);
  const base64 = defined(x, 'a key has a public half').replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The key with which signatures are checked, of its 32 bytes. */
export function verifyingKeyOf(half: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', half, 'Ed25519', true, ['verify']);
}

/** WebCrypto takes bytes in a buffer that is surely not shared; it copies them itself. */
export function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return isOwned(bytes) ? bytes : new Uint8Array(bytes);
}

function isOwned(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer;
}
