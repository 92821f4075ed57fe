import type { Match, OperationName } from '#core/network/match.ts';
import { decodePacket } from '#core/pbft/codec.ts';
import { digestOfBatch } from '#core/pbft/digest.ts';
import type { Batch, Message, Packet } from '#core/pbft/message.ts';
import { isSignedAs } from '#core/pbft/signed.ts';
import {
  clientId,
  digest,
  replicaId,
  sequenceNumber,
  timestamp,
  view,
  type Digest,
} from '#core/pbft/terms.ts';

import type { Deed, LiteralContent, LiteralMessage } from './scenario.ts';
import type { Stage } from './stage.ts';

type Send = Extract<Deed, { readonly do: 'send' }>;

/** A message that cannot be written yet, in words. */
class Unwritable extends Error {
  override readonly name = 'Unwritable';
}

/**
 * Writes the message of a `send` step, to be signed with its replica's key. Returns why it cannot be
 * written: it names an operation or a message that does not exist yet, or its replica is not Byzantine.
 */
export function writeLiterals(stage: Stage, { replica, to, message }: Send): readonly string[] {
  if (stage.life(replica).behaviour === null) {
    return [`replica ${replica} is not Byzantine: it sends no message written by hand`];
  }
  try {
    const packet = packetOf(stage, replica, message);
    const targets = typeof to === 'object' ? to : [to];
    for (const target of targets) stage.writeLiteral(replica, target, packet);
    return [];
  } catch (error) {
    if (error instanceof Unwritable) return [error.message];
    throw error;
  }
}

function packetOf(stage: Stage, replica: number, literal: LiteralMessage): Packet {
  if ('seen' in literal) return seen(stage, literal.seen);
  const batch = 'operations' in literal ? batchOf(stage, literal.operations ?? []) : undefined;
  const body = bodyOf(replica, literal, (content) => digestOf(stage, content, batch));
  const signed = { body, signer: replica, signature: 'own' };
  return body.type === 'pre-prepare' && batch !== undefined ? { signed, batch } : { signed };
}

/** An earlier message once more. */
function seen(stage: Stage, match: Match): Packet {
  const bytes = stage.operations.firstSeen(match);
  if (bytes === undefined) throw new Unwritable('no message that matches has been seen');
  return decoded(stage, bytes);
}

function batchOf(stage: Stage, operations: readonly OperationName[]): Batch {
  return operations.map((operation) => {
    const bytes = stage.operations.requestOf(operation);
    const signed = bytes === undefined ? undefined : decoded(stage, bytes).signed;
    if (signed !== undefined && isSignedAs(signed, 'request')) return signed;
    const { client, index } = operation;
    throw new Unwritable(`operation ${index} of client ${client} has not been requested`);
  });
}

function decoded(stage: Stage, bytes: Uint8Array): Packet {
  const decoding = decodePacket(bytes, stage.configuration);
  if (!decoding.ok) throw new Unwritable(decoding.detail);
  return decoding.packet;
}

function digestOf(stage: Stage, content: LiteralContent, batch: Batch | undefined): Digest {
  if (content.digest !== undefined) return digest(content.digest);
  if (batch === undefined) throw new Unwritable('the message has neither digest nor operations');
  return digestOfBatch(stage.configuration, batch);
}

function bodyOf(
  sender: number,
  literal: Exclude<LiteralMessage, { readonly seen: Match }>,
  digestFor: (content: LiteralContent) => Digest,
): Message {
  const replica = replicaId(literal.replica ?? sender);
  switch (literal.type) {
    case 'pre-prepare':
      return {
        type: literal.type,
        view: view(literal.view),
        sequence: sequenceNumber(literal.sequence),
        digest: digestFor(literal),
      };
    case 'prepare':
    case 'commit':
      return {
        type: literal.type,
        view: view(literal.view),
        sequence: sequenceNumber(literal.sequence),
        digest: digestFor(literal),
        replica,
      };
    case 'checkpoint':
      return {
        type: literal.type,
        sequence: sequenceNumber(literal.sequence),
        digest: digestFor(literal),
        replica,
      };
    case 'reply':
      return {
        type: literal.type,
        view: view(literal.view),
        timestamp: timestamp(literal.timestamp),
        client: clientId(literal.client),
        replica,
        result: literal.result,
      };
  }
}
