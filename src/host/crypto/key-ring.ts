import { defined } from '#core/base/assert.ts';
import { bytesOfHex, hex } from '#core/base/hex.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import { owned, publicHalfOf, signingKeyOf, verifyingKeyOf } from './ed25519-keys.ts';

const cachedMax = 8192;

/**
 * The Ed25519 keys of a cluster, by WebCrypto.
 *
 * Every key follows from the lab's seed, so a lab's keys are public by design: they make what happens in a
 * lab reproducible, and protect nothing outside it. A process signs with its own key only; the private
 * keys of others are used once, to learn their public halves, and dropped.
 */
export class KeyRing {
  private readonly signers: ReadonlyMap<ProcessId, CryptoKey>;
  private readonly verifiers: ReadonlyMap<ProcessId, CryptoKey>;
  private readonly verdicts = new Map<string, boolean>();

  private constructor(signers: Map<ProcessId, CryptoKey>, verifiers: Map<ProcessId, CryptoKey>) {
    this.signers = signers;
    this.verifiers = verifiers;
  }

  /** The ring of a process that holds the keys of `own` and knows the public keys of `members`. */
  static async create(
    seed: number,
    members: readonly ProcessId[],
    own: readonly ProcessId[],
  ): Promise<KeyRing> {
    const signers = new Map<ProcessId, CryptoKey>();
    const verifiers = new Map<ProcessId, CryptoKey>();
    await Promise.all(
      members.map(async (member) => {
        const key = await signingKeyOf(seed, member);
        verifiers.set(member, await verifyingKeyOf(await publicHalfOf(key)));
        if (own.includes(member)) signers.set(member, key);
      }),
    );
    return new KeyRing(signers, verifiers);
  }

  /** 128 hexadecimal digits. */
  async sign(signer: ProcessId, bytes: Uint8Array): Promise<string> {
    const key = defined(this.signers.get(signer), `this process holds the key of ${signer}`);
    const signature = hex(new Uint8Array(await crypto.subtle.sign('Ed25519', key, owned(bytes))));
    // Its own messages come back to it in certificates.
    this.remember(nameOf(signer, bytes, signature), true);
    return signature;
  }

  /** Whether `signature` is `signer`'s over `bytes`. Nobody outside the cluster has signed anything. */
  async verify(signer: ProcessId, bytes: Uint8Array, signature: string): Promise<boolean> {
    const key = this.verifiers.get(signer);
    if (key === undefined || !/^[0-9a-f]{128}$/.test(signature)) return false;

    const name = nameOf(signer, bytes, signature);
    const known = this.verdicts.get(name);
    if (known !== undefined) return known;
    const verdict = await crypto.subtle.verify(
      'Ed25519',
      key,
      owned(bytesOfHex(signature)),
      owned(bytes),
    );
    this.remember(name, verdict);
    return verdict;
  }

  /** The same message arrives often: with a batch, in a certificate, again. Oldest verdicts go first. */
  private remember(name: string, verdict: boolean): void {
    if (this.verdicts.size >= cachedMax) {
      for (const oldest of this.verdicts.keys()) {
        this.verdicts.delete(oldest);
        break;
      }
    }
    this.verdicts.set(name, verdict);
  }
}

function nameOf(signer: ProcessId, bytes: Uint8Array, signature: string): string {
  return `${signer} ${signature} ${hex(bytes)}`;
}
