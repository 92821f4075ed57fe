import type { Cbor } from '#core/base/cbor.ts';

import {
  readCheckpoint,
  readCommit,
  readPrepare,
  readPrePrepare,
  readReply,
  readRequest,
} from './agreement-reading.ts';
import type { Configuration } from './configuration.ts';
import type { Message, MessageOf, MessageType, Signed } from './message.ts';
import { isList, malformed, signedOf } from './reading.ts';
import { readData, readFetch, readStatus } from './repair-reading.ts';
import { readNewView, readViewChange } from './view-reading.ts';

/** A signed message from its wire form. */
export function readSigned(value: Cbor | undefined, c: Configuration): Signed<Message> {
  return signedOf(value, (body) => readBody(body, c));
}

const readers: {
  readonly [T in MessageType]: (value: Cbor, c: Configuration) => MessageOf<T>;
} = {
  request: readRequest,
  'pre-prepare': readPrePrepare,
  prepare: readPrepare,
  commit: readCommit,
  reply: readReply,
  checkpoint: readCheckpoint,
  'view-change': readViewChange,
  'new-view': readNewView,
  status: readStatus,
  fetch: readFetch,
  data: readData,
};

function readBody(value: Cbor, c: Configuration): Message {
  const type = isList(value) ? value[0] : undefined;
  if (!isMessageType(type)) throw malformed('no such type of message');
  return readers[type](value, c);
}

function isMessageType(value: unknown): value is MessageType {
  return typeof value === 'string' && Object.hasOwn(readers, value);
}
