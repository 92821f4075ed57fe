import { encode } from '#core/base/cbor-encoding.ts';
import { sha256 } from '#core/base/digest.ts';

import { protocolId } from './configuration.ts';
import type { ProcessId } from './message.ts';

/** The 32 bytes from which a process's key is made. They follow from the lab's seed, so a run is reproducible. */
export function keySeed(seed: number, signer: ProcessId): Uint8Array {
  return sha256(encode([protocolId, 'key', seed, signer]));
}
