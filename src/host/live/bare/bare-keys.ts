import { defined } from '#core/base/assert.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { owned, signingKeyOf, verifyingKeyOf } from '#host/crypto/ed25519-keys.ts';

import { type BareMessage, readBare, signaturePart, signedPart } from './bare-message.ts';

const PUBLIC_BYTES = 32;

/** The keys of one thread: Ed25519 by WebCrypto, as the protocol has them. */
export class BareKeys {
  readonly counts = { signatures: 0, verifications: 0 };
  private readonly seed: number;
  private readonly n: number;
  private readonly halves: Uint8Array;
  private readonly signers = new Map<ProcessId, Promise<CryptoKey>>();
  private readonly verifiers = new Map<number, Promise<CryptoKey>>();

  /** `halves`: the public ones of n replicas, then of the clients. */
  constructor(seed: number, n: number, halves: Uint8Array) {
    this.seed = seed;
    this.n = n;
    this.halves = halves;
  }

  /** Writes the signature of `process` into a message. */
  async sign(process: ProcessId, bytes: Uint8Array): Promise<Uint8Array> {
    const message = readBare(bytes);
    const key = this.signers.get(process) ?? signingKeyOf(this.seed, process);
    this.signers.set(process, key);
    this.counts.signatures += 1;
    const signature = await crypto.subtle.sign('Ed25519', await key, owned(signedPart(message)));
    signaturePart(message).set(new Uint8Array(signature));
    return bytes;
  }

  /** Whether `member`, a replica or n + its number a client, has signed a message. */
  async verify(member: number, message: BareMessage): Promise<boolean> {
    const at = PUBLIC_BYTES * member;
    const key =
      this.verifiers.get(member) ?? verifyingKeyOf(owned(this.halves.slice(at, at + PUBLIC_BYTES)));
    this.verifiers.set(member, key);
    this.counts.verifications += 1;
    const signature = owned(signaturePart(message));
    return crypto.subtle.verify('Ed25519', await key, signature, owned(signedPart(message)));
  }

  /** The member that a client is. */
  memberOf(process: ProcessId): number {
    if (typeof process === 'number') return process;
    return this.n + Number(defined(process.slice(1), 'a client has a number'));
  }
}
