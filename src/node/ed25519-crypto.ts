import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

import { keySeed } from '#core/pbft/key-seed.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Crypto } from '#core/simulation/crypto.ts';

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** What comes before the 32 bytes of a seed in the PKCS #8 form of an Ed25519 key (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Real signatures, with the keys that follow from the seed of a run: the same ones as in the page. */
export function ed25519Crypto(seed: number): Crypto {
  const pairs = new Map<ProcessId, KeyPair>();
  function pairOf(signer: ProcessId): KeyPair {
    const known = pairs.get(signer);
    if (known !== undefined) return known;
    const key = Buffer.concat([pkcs8Prefix, keySeed(seed, signer)]);
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    const pair = { privateKey, publicKey: createPublicKey(privateKey) };
    pairs.set(signer, pair);
    return pair;
  }
  return {
    sign: (signer, bytes) => sign(null, bytes, pairOf(signer).privateKey).toString('hex'),
    verify: (signer, bytes, signature) =>
      verify(null, bytes, pairOf(signer).publicKey, Buffer.from(signature, 'hex')),
  };
}
