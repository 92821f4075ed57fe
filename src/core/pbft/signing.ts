import { assert } from '#core/base/assert.ts';
import { encode } from '#core/base/cbor-encoding.ts';
import { bytesOfHex, hex, isHex } from '#core/base/hex.ts';

import type { Configuration } from './configuration.ts';
import { configurationBytes, protocolId } from './configuration.ts';
import type { Data, Message, Packet, PreparedProof, ProcessId, Signed } from './message.ts';
import { wireOf } from './wire.ts';

/** What a host is asked to sign: `bytes`, with the key of `signer`; the answer is 128 hexadecimal digits. */
export interface SigningTask {
  readonly signer: ProcessId;
  readonly bytes: Uint8Array;
}

/**
 * What a signature covers: protocol, cluster, type and body, so that a signature of one type or cluster never
 * verifies for another (pbft.md 1.3). The batch beside a PRE-PREPARE is covered through its digest.
 */
export function signingInput(c: Configuration, body: Message): Uint8Array {
  return encode([protocolId, configurationBytes(c), wireOf(body)]);
}

/**
 * Every signed message in a packet, nested ones included, each before what it contains, the outermost first.
 * Verdicts come in this order. A NEW-VIEW has thousands: each is visited once.
 */
export function signaturesOf(packet: Packet): readonly Signed<Message>[] {
  const found: Signed<Message>[] = [];
  collect(packet.signed, found);
  for (const request of packet.batch ?? []) collect(request, found);
  return found;
}

/**
 * Signs what this process says in a packet, nested messages first, since an outer signature covers them.
 * A host drives it, synchronously or not: it answers each task with a signature and gets the packet at the end.
 *
 * @yields {SigningTask} each message to sign
 */
export function* signing(packet: Packet, c: Configuration): Generator<SigningTask, Packet, string> {
  const batch = packet.batch && (yield* signingAll(packet.batch, c));
  const signed = yield* signingOne(packet.signed, c);
  return batch ? { signed, batch } : { signed };
}

/** A signature with one bit flipped: 64 bytes that verify for nothing. */
export function spoil(signature: string): string {
  assert(isHex(signature, 64), `a signature is 128 hexadecimal digits, not '${signature}'`);
  const bytes = bytesOfHex(signature);
  return hex(bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte)));
}

function collect(signed: Signed<Message>, found: Signed<Message>[]): void {
  found.push(signed);
  for (const group of nestedIn(signed.body)) {
    for (const nested of group) collect(nested, found);
  }
}

/** What a message contains, in the order of its fields. */
function nestedIn(body: Message): readonly (readonly Signed<Message>[])[] {
  switch (body.type) {
    case 'view-change': {
      const proofs = body.prepared.flatMap(({ prePrepare, prepares }) => [[prePrepare], prepares]);
      return [body.checkpoints, ...proofs];
    }
    case 'new-view':
      return [body.viewChanges, body.prePrepares];
    case 'data':
      return nestedInData(body);
    case 'request':
    case 'pre-prepare':
    case 'prepare':
    case 'commit':
    case 'reply':
    case 'checkpoint':
    case 'status':
    case 'fetch':
      return [];
  }
}

function nestedInData(data: Data): readonly (readonly Signed<Message>[])[] {
  switch (data.kind) {
    case 'slot':
      return [data.batch, data.commits];
    case 'body':
      return [data.batch];
    case 'echo':
      return [data.messages];
    case 'root':
    case 'node':
    case 'chunk':
      return [];
  }
}

function* signingAll<M extends Message>(
  messages: readonly Signed<M>[],
  c: Configuration,
): Generator<SigningTask, readonly Signed<M>[], string> {
  const signed: Signed<M>[] = [];
  for (const message of messages) signed.push(yield* signingOne(message, c));
  return signed;
}

function* signingOne<M extends Message>(
  { body, signer, signature }: Signed<M>,
  c: Configuration,
): Generator<SigningTask, Signed<M>, string> {
  const complete = yield* signingNested(body, c);
  if (signature !== 'own' && signature !== 'bad') return { body: complete, signer, signature };
  const made = yield { signer, bytes: signingInput(c, complete) };
  assert(isHex(made, 64), `a host answers with a signature, not '${made}'`);
  return { body: complete, signer, signature: signature === 'bad' ? spoil(made) : made };
}

function* signingNested<M extends Message>(
  body: M,
  c: Configuration,
): Generator<SigningTask, M, string> {
  if (body.type === 'view-change') {
    const checkpoints = yield* signingAll(body.checkpoints, c);
    const prepared: PreparedProof[] = [];
    for (const { prePrepare, prepares } of body.prepared) {
      prepared.push({
        prePrepare: yield* signingOne(prePrepare, c),
        prepares: yield* signingAll(prepares, c),
      });
    }
    return { ...body, checkpoints, prepared };
  }
  if (body.type === 'new-view') {
    const viewChanges = yield* signingAll(body.viewChanges, c);
    const prePrepares = yield* signingAll(body.prePrepares, c);
    return { ...body, viewChanges, prePrepares };
  }
  if (body.type !== 'data') return body;
  if (body.kind === 'slot') {
    const batch = yield* signingAll(body.batch, c);
    const commits = yield* signingAll(body.commits, c);
    return { ...body, batch, commits };
  }
  if (body.kind === 'body') return { ...body, batch: yield* signingAll(body.batch, c) };
  if (body.kind === 'echo') return { ...body, messages: yield* signingAll(body.messages, c) };
  return body;
}
