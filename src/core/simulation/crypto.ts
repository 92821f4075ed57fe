import { digestHex, sha256 } from '#core/base/digest.ts';
import { keySeed } from '#core/pbft/key-seed.ts';
import type { ProcessId } from '#core/pbft/message.ts';

/** Keys of all processes of a run. */
export interface Crypto {
  /** 128 hexadecimal digits; the same ones each time. */
  sign(signer: ProcessId, bytes: Uint8Array): string;
  verify(signer: ProcessId, bytes: Uint8Array, signature: string): boolean;
}

/**
 * Signatures that nobody forges because no process holds a key: the host signs what leaves a process in
 * that process's name. Each is SHA-256 over a secret and the bytes, twice, to be as long as a real one.
 */
export function simulatedCrypto(seed: number): Crypto {
  const secrets = new Map<ProcessId, Uint8Array>();
  function sign(signer: ProcessId, bytes: Uint8Array): string {
    const secret = secrets.get(signer) ?? keySeed(seed, signer);
    secrets.set(signer, secret);
    const input = new Uint8Array(secret.length + 32);
    input.set(secret);
    input.set(sha256(bytes), secret.length);
    const half = digestHex(input);
    return half + half;
  }
  return { sign, verify: (signer, bytes, signature) => sign(signer, bytes) === signature };
}
