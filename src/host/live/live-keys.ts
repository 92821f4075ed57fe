import { assert } from '#core/base/assert.ts';
import { bytesOfHex, hex } from '#core/base/hex.ts';
import { clientOf } from '#core/network/process-order.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Message, Packet, ProcessId, Signed } from '#core/pbft/message.ts';
import { signing, signingInput } from '#core/pbft/signing.ts';
import { owned, publicHalfOf, signingKeyOf, verifyingKeyOf } from '#host/crypto/ed25519-keys.ts';
import { membersOf } from '#host/process-order.ts';

import { isSameMessage, VerifiedMessages } from './verified-messages.ts';

const PUBLIC_BYTES = 32;

/** The public halves of all keys of a cluster, replicas first: learnt once, since that takes their private halves. */
export async function publicHalvesOf(configuration: Configuration): Promise<Uint8Array> {
  const members = membersOf(configuration);
  const halves = new Uint8Array(PUBLIC_BYTES * members.length);
  await Promise.all(
    members.map(async (member, i) => {
      const half = await publicHalfOf(await signingKeyOf(configuration.seed, member));
      halves.set(half, PUBLIC_BYTES * i);
    }),
  );
  return halves;
}

/** A signature that is being checked. */
interface Checking {
  readonly signed: Signed<Message>;
  readonly verdict: Promise<boolean>;
}

/**
 * The keys of one thread in live mode. Keys are imported when they are first needed: a replica that comes back does not
 * wait for the keys of a thousand clients.
 */
export class LiveKeys {
  /** How many signatures were made and checked. */
  readonly counts = { signatures: 0, verifications: 0 };
  /** How long this thread was busy with them, in ms. */
  busyMs = 0;
  /** Looked up once: a getter of the browser is no field. */
  private readonly subtle = crypto.subtle;
  private readonly configuration: Configuration;
  private readonly halves: Uint8Array;
  private readonly own: ReadonlySet<ProcessId>;
  private readonly signers = new Map<ProcessId, Promise<CryptoKey>>();
  private readonly verifiers = new Map<ProcessId, Promise<CryptoKey>>();
  private readonly verified = new VerifiedMessages();
  /** By signature: what is being checked. What a replica is told after its restart says most things several times. */
  private readonly checking = new Map<string, Checking>();

  /** Of a thread that signs for `own`. */
  constructor(configuration: Configuration, halves: Uint8Array, own: readonly ProcessId[]) {
    this.configuration = configuration;
    this.halves = halves;
    this.own = new Set(own);
  }

  /** A packet that is to leave: own messages in it signed, nested ones first. */
  async signed(packet: Packet): Promise<Packet> {
    const tasks = signing(packet, this.configuration);
    let step = tasks.next();
    while (step.done !== true) {
      step = tasks.next(await this.sign(step.value.signer, step.value.bytes));
    }
    // It comes back in certificates.
    if (this.own.has(step.value.signed.signer)) this.verified.add(step.value.signed);
    return step.value;
  }

  /** Whether a signature is good; at once, if it is known. Nobody outside the cluster has signed anything. */
  verdict(signed: Signed<Message>): boolean | Promise<boolean> {
    if (this.verified.has(signed)) return true;
    const known = this.checking.get(signed.signature);
    if (known !== undefined && isSameMessage(known.signed, signed)) return known.verdict;
    const key = this.verifierOf(signed.signer);
    if (key === undefined || !/^[0-9a-f]{128}$/.test(signed.signature)) return false;
    const verdict = this.verify(signed, key);
    this.checking.set(signed.signature, { signed, verdict });
    return verdict;
  }

  private async sign(signer: ProcessId, bytes: Uint8Array): Promise<string> {
    this.counts.signatures += 1;
    const signature = await this.subtle.sign('Ed25519', await this.signerOf(signer), owned(bytes));
    return hex(new Uint8Array(signature));
  }

  private async verify(signed: Signed<Message>, key: Promise<CryptoKey>): Promise<boolean> {
    const { body, signature } = signed;
    this.counts.verifications += 1;
    const verifier = await key;
    const made = owned(bytesOfHex(signature));
    const input = owned(signingInput(this.configuration, body));
    const isGood = await this.busy(() => this.subtle.verify('Ed25519', verifier, made, input));
    if (isGood) this.verified.add(signed);
    this.checking.delete(signature);
    return isGood;
  }

  /** Chromium computes Ed25519 before it answers with a promise: that is time of this thread. */
  private busy<T>(compute: () => T): T {
    const before = performance.now();
    const answer = compute();
    this.busyMs += performance.now() - before;
    return answer;
  }

  private signerOf(process: ProcessId): Promise<CryptoKey> {
    const known = this.signers.get(process);
    if (known !== undefined) return known;
    assert(this.own.has(process), `this thread holds the key of ${process}`);
    const key = signingKeyOf(this.configuration.seed, process);
    this.signers.set(process, key);
    return key;
  }

  private verifierOf(process: ProcessId): Promise<CryptoKey> | undefined {
    const known = this.verifiers.get(process);
    if (known !== undefined) return known;
    const index = this.indexOf(process);
    if (index === undefined) return undefined;
    const half = this.halves.slice(PUBLIC_BYTES * index, PUBLIC_BYTES * (index + 1));
    const key = verifyingKeyOf(owned(half));
    this.verifiers.set(process, key);
    return key;
  }

  private indexOf(process: ProcessId): number | undefined {
    const { n, clients } = this.configuration;
    if (typeof process === 'number') return process < n ? process : undefined;
    const client = clientOf(process);
    return client !== undefined && client < clients ? n + client : undefined;
  }
}
