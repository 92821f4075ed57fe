import type { OperationName } from '#core/network/match.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import { digestOfBatch, nullDigest } from '#core/pbft/digest.ts';
import type {
  Batch,
  Data,
  Fetch,
  Message,
  MessageOf,
  MessageType,
  Signed,
} from '#core/pbft/message.ts';
import {
  clientId,
  digest,
  replicaId,
  sequenceNumber,
  timestamp,
  view,
  type Digest,
  type SequenceNumber,
  type View,
} from '#core/pbft/terms.ts';

import type { LiteralContent, LiteralMessage, WrittenMessage } from './literal-message.ts';
import { canonicalJson } from './trace.ts';
import { Unwritable } from './unwritable.ts';

/** What a message written by hand may speak of. */
export interface Quotations {
  readonly configuration: Configuration;
  /** Who writes it. */
  readonly replica: number;
  readonly batchOf: (operations: readonly OperationName[]) => Batch;
  /** A message within the message. */
  readonly nested: <T extends MessageType>(
    types: readonly T[],
    literal: LiteralMessage,
  ) => Signed<MessageOf<T>>;
}

/** The body of a message from what is written. */
export function bodyOf(literal: WrittenMessage, q: Quotations): Message {
  switch (literal.type) {
    case 'request': {
      const { type, client, operation } = literal;
      const text = canonicalJson(operation);
      const at = timestamp(literal.timestamp);
      return { type, operation: text, timestamp: at, client: clientId(client) };
    }
    case 'pre-prepare':
      return { type: literal.type, ...slotOf(literal), digest: digestOf(literal, q) };
    case 'prepare':
    case 'commit':
      return {
        type: literal.type,
        ...slotOf(literal),
        digest: digestOf(literal, q),
        ...senderOf(literal, q),
      };
    case 'reply':
      return {
        type: literal.type,
        view: view(literal.view),
        timestamp: timestamp(literal.timestamp),
        client: clientId(literal.client),
        ...senderOf(literal, q),
        result: literal.result,
      };
    case 'checkpoint':
      return {
        type: literal.type,
        sequence: sequenceNumber(literal.sequence),
        digest: digestOf(literal, q),
        ...senderOf(literal, q),
      };
    case 'view-change':
      return viewChangeOf(literal, q);
    case 'new-view':
      return {
        type: literal.type,
        view: view(literal.view),
        viewChanges: literal.viewChanges.map((item) => q.nested(['view-change'], item)),
        prePrepares: literal.prePrepares.map((item) => q.nested(['pre-prepare'], item)),
      };
    case 'status':
      return statusOf(literal, q);
    case 'fetch':
      return fetchOf(literal, q);
    case 'data':
      return dataOf(literal, q);
  }
}

type WrittenOf<T extends MessageType> = Extract<WrittenMessage, { readonly type: T }>;

function viewChangeOf(literal: WrittenOf<'view-change'>, q: Quotations): MessageOf<'view-change'> {
  return {
    type: literal.type,
    nextView: view(literal.nextView),
    stable: sequenceNumber(literal.stable),
    checkpoints: literal.checkpoints.map((item) => q.nested(['checkpoint'], item)),
    prepared: literal.prepared.map(({ prePrepare, prepares }) => ({
      prePrepare: q.nested(['pre-prepare'], prePrepare),
      prepares: prepares.map((item) => q.nested(['prepare'], item)),
    })),
    ...senderOf(literal, q),
  };
}

function statusOf(literal: WrittenOf<'status'>, q: Quotations): MessageOf<'status'> {
  return {
    type: literal.type,
    view: view(literal.view),
    phase: literal.phase,
    lowWatermark: sequenceNumber(literal.lowWatermark),
    lastExecuted: sequenceNumber(literal.lastExecuted),
    hasNewView: literal.hasNewView,
    prePrepared: literal.prePrepared.map(sequenceNumber),
    prepared: literal.prepared.map(sequenceNumber),
    committed: literal.committed.map(sequenceNumber),
    viewChanges: literal.viewChanges.map(replicaId),
    missing: literal.missing.map(digest),
    ...senderOf(literal, q),
  };
}

function fetchOf(literal: WrittenOf<'fetch'>, q: Quotations): Fetch {
  const { type } = literal;
  const by = senderOf(literal, q);
  switch (literal.kind) {
    case 'body':
      return { type, kind: literal.kind, digest: digestOf(literal, q), ...by };
    case 'echo':
      return { type, kind: literal.kind, incarnation: literal.incarnation, ...by };
    case 'root':
      return { type, kind: literal.kind, ...stateOf(literal), ...by };
    case 'node': {
      const { kind, level, index } = literal;
      return { type, kind, ...stateOf(literal), level, index, ...by };
    }
    case 'chunk':
      return { type, kind: literal.kind, ...stateOf(literal), index: literal.index, ...by };
  }
}

/** What an echo may hold. */
const ownWords = ['pre-prepare', 'prepare', 'commit', 'checkpoint', 'view-change'] as const;

function dataOf(literal: WrittenOf<'data'>, q: Quotations): Data {
  const { type } = literal;
  const by = senderOf(literal, q);
  switch (literal.kind) {
    case 'slot':
      return {
        type,
        kind: literal.kind,
        sequence: sequenceNumber(literal.sequence),
        digest: digestOf(literal, q),
        batch: q.batchOf(literal.operations ?? []),
        commits: literal.commits.map((item) => q.nested(['commit'], item)),
        ...by,
      };
    case 'body': {
      const batch = q.batchOf(literal.operations ?? []);
      return { type, kind: literal.kind, digest: digestOf(literal, q), batch, ...by };
    }
    case 'echo': {
      const messages = literal.messages.map((item) => q.nested(ownWords, item));
      return { type, kind: literal.kind, incarnation: literal.incarnation, messages, ...by };
    }
    case 'root': {
      const { kind, executed, chunks, children } = literal;
      const root = { executed, chunks, children: children.map(digest) };
      return { type, kind, ...stateOf(literal), ...root, ...by };
    }
    case 'node': {
      const { kind, level, index, children } = literal;
      const node = { level, index, children: children.map(digest) };
      return { type, kind, ...stateOf(literal), ...node, ...by };
    }
    case 'chunk': {
      const { kind, index, items } = literal;
      return { type, kind, ...stateOf(literal), index, items, ...by };
    }
  }
}

function senderOf(
  { replica }: { readonly replica?: number },
  q: Quotations,
): Pick<MessageOf<'prepare'>, 'replica'> {
  return { replica: replicaId(replica ?? q.replica) };
}

function slotOf(literal: { readonly view: number; readonly sequence: number }): {
  readonly view: View;
  readonly sequence: SequenceNumber;
} {
  return { view: view(literal.view), sequence: sequenceNumber(literal.sequence) };
}

function stateOf(literal: { readonly sequence: number; readonly digest: string }): {
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
} {
  return { sequence: sequenceNumber(literal.sequence), digest: digest(literal.digest) };
}

function digestOf({ digest: given, operations }: LiteralContent, q: Quotations): Digest {
  if (given === 'null') return nullDigest(q.configuration);
  if (given !== undefined) return digest(given);
  if (operations === undefined) {
    throw new Unwritable('the message has neither digest nor operations');
  }
  return digestOfBatch(q.configuration, q.batchOf(operations));
}
