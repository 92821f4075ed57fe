import type { Match, OperationName } from '#core/network/match.ts';
import { decodePacket } from '#core/pbft/codec.ts';
import type { Batch, MessageOf, MessageType, Packet, Signed } from '#core/pbft/message.ts';
import { isSignedAs } from '#core/pbft/signed.ts';

import { bodyOf, type Quotations } from './literal-body.ts';
import type { LiteralMessage, WrittenMessage } from './literal-message.ts';
import type { DeedOf } from './scenario.ts';
import type { Stage } from './stage.ts';
import { Unwritable } from './unwritable.ts';

/**
 * Writes the message of a `send` step, to be signed with its replica's key. Returns why it cannot be
 * written: it names an operation or a message that does not exist yet, or its replica is not Byzantine.
 */
export function writeLiterals(
  stage: Stage,
  { replica, to, message }: DeedOf<'send'>,
): readonly string[] {
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
  const signed = written(stage, replica, literal);
  if (literal.type !== 'pre-prepare' || literal.operations === undefined) return { signed };
  return { signed, batch: batchOf(stage, literal.operations) };
}

/** Of a message in somebody else's name the signature is made up. */
const madeUp = '5a'.repeat(64);

function written(stage: Stage, replica: number, literal: WrittenMessage): Packet['signed'] {
  const { signer = replica, signature = 'own' } = literal;
  const body = bodyOf(literal, quotationsFor(stage, replica));
  return { body, signer, signature: signer === replica ? signature : madeUp };
}

/** What a message written by this replica may speak of. */
function quotationsFor(stage: Stage, replica: number): Quotations {
  return {
    configuration: stage.configuration,
    replica,
    batchOf: (operations) => batchOf(stage, operations),
    nested: (type, literal) => nested(stage, replica, type, literal),
  };
}

/** A message within a message. */
function nested<T extends MessageType>(
  stage: Stage,
  replica: number,
  types: readonly T[],
  literal: LiteralMessage,
): Signed<MessageOf<T>> {
  const signed =
    'seen' in literal ? seen(stage, literal.seen, types).signed : written(stage, replica, literal);
  for (const type of types) if (isSignedAs(signed, type)) return signed;
  throw new Unwritable(`a ${signed.body.type} stands where only a ${types.join(' or ')} can be`);
}

/** An earlier message once more; of one of these types. */
function seen(stage: Stage, match: Match, types?: readonly MessageType[]): Packet {
  const bytes = stage.operations.firstSeen(match, types);
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
