import type { Cbor } from '#core/base/cbor.ts';

import {
  readBatch,
  readCheckpoint,
  readCommit,
  readPrepare,
  readPrePrepare,
} from './agreement-reading.ts';
import type { Configuration } from './configuration.ts';
import type { Data, Fetch, OwnWord, StateItem, Status } from './message.ts';
import {
  bounds,
  digestFrom,
  field,
  fieldsOf,
  isList,
  list,
  malformed,
  signedOf,
  text,
} from './reading.ts';
import type { Digest, SequenceNumber } from './terms.ts';
import {
  isClientId,
  isNatural,
  isReplicaId,
  isSequenceNumber,
  isTimestamp,
  isView,
} from './terms.ts';
import { readViewChange } from './view-reading.ts';

/** STATUS: no list is longer than a window, or than the cluster has replicas. */
export function readStatus(value: Cbor, c: Configuration): Status {
  const fields = fieldsOf('status', value, 12);
  const [, view, phase, low, last, hasNewView, ...lists] = fields;
  const [prePrepared, prepared, committed, viewChanges, missing, replica] = lists;
  const sequences = (name: string, items: Cbor | undefined): Status['prepared'] =>
    list(name, items, c.logSize).map((item) => field(name, item, isSequenceNumber));
  return {
    type: 'status',
    view: field('view', view, isView),
    phase: field('phase', phase, isPhase),
    lowWatermark: field('lowWatermark', low, isSequenceNumber),
    lastExecuted: field('lastExecuted', last, isSequenceNumber),
    hasNewView: field('hasNewView', hasNewView, isBoolean),
    prePrepared: sequences('prePrepared', prePrepared),
    prepared: sequences('prepared', prepared),
    committed: sequences('committed', committed),
    viewChanges: list('viewChanges', viewChanges, c.n).map((item) =>
      field('viewChanges', item, isReplicaId),
    ),
    missing: list('missing', missing, c.logSize).map(digestFrom),
    replica: field('replica', replica, isReplicaId),
  };
}

/** FETCH: its second field says what it asks for. */
export function readFetch(value: Cbor): Fetch {
  const kind = isList(value) ? value[1] : undefined;
  if (!isOneOf(fetchReaders, kind)) throw malformed('no such kind of fetch');
  return fetchReaders[kind](value);
}

/** DATA: its second field says what it holds. */
export function readData(value: Cbor, c: Configuration): Data {
  const kind = isList(value) ? value[1] : undefined;
  if (!isOneOf(dataReaders, kind)) throw malformed('no such kind of data');
  return dataReaders[kind](value, c);
}

type KindOf<M extends Fetch | Data> = M['kind'];

const fetchReaders: { readonly [K in KindOf<Fetch>]: (value: Cbor) => Fetch } = {
  body(value) {
    const [type, , digest, replica] = fieldsOf('fetch', value, 4);
    return { ...fetchOf(type, replica), kind: 'body', digest: digestFrom(digest) };
  },
  echo(value) {
    const [type, , incarnation, replica] = fieldsOf('fetch', value, 4);
    return { ...fetchOf(type, replica), kind: 'echo', incarnation: natural(incarnation) };
  },
  root(value) {
    const [type, , sequence, digest, replica] = fieldsOf('fetch', value, 5);
    return { ...fetchOf(type, replica), kind: 'root', ...state(sequence, digest) };
  },
  node(value) {
    const [type, , sequence, digest, level, index, replica] = fieldsOf('fetch', value, 7);
    const place = { level: natural(level), index: natural(index) };
    return { ...fetchOf(type, replica), kind: 'node', ...state(sequence, digest), ...place };
  },
  chunk(value) {
    const [type, , sequence, digest, index, replica] = fieldsOf('fetch', value, 6);
    const place = { index: natural(index) };
    return { ...fetchOf(type, replica), kind: 'chunk', ...state(sequence, digest), ...place };
  },
};

const dataReaders: { readonly [K in KindOf<Data>]: (value: Cbor, c: Configuration) => Data } = {
  slot(value, c) {
    const [type, , sequence, digest, batch, commits, replica] = fieldsOf('data', value, 7);
    return {
      ...dataOf(type, replica),
      kind: 'slot',
      ...state(sequence, digest),
      batch: readBatch(batch),
      commits: list('commits', commits, c.n).map((commit) => signedOf(commit, readCommit)),
    };
  },
  body(value) {
    const [type, , digest, batch, replica] = fieldsOf('data', value, 5);
    const body = { digest: digestFrom(digest), batch: readBatch(batch) };
    return { ...dataOf(type, replica), kind: 'body', ...body };
  },
  echo(value, c) {
    const [type, , incarnation, messages, replica] = fieldsOf('data', value, 5);
    return {
      ...dataOf(type, replica),
      kind: 'echo',
      incarnation: natural(incarnation),
      messages: list('messages', messages, Object.keys(wordReaders).length).map((message) =>
        signedOf(message, (body) => readOwnWord(body, c)),
      ),
    };
  },
  root(value) {
    const fields = fieldsOf('data', value, 8);
    const [type, , sequence, digest, executed, chunks, children, replica] = fields;
    return {
      ...dataOf(type, replica),
      kind: 'root',
      ...state(sequence, digest),
      executed: natural(executed),
      chunks: natural(chunks),
      children: digests(children),
    };
  },
  node(value) {
    const fields = fieldsOf('data', value, 8);
    const [type, , sequence, digest, level, index, children, replica] = fields;
    return {
      ...dataOf(type, replica),
      kind: 'node',
      ...state(sequence, digest),
      level: natural(level),
      index: natural(index),
      children: digests(children),
    };
  },
  chunk(value) {
    const [type, , sequence, digest, index, items, replica] = fieldsOf('data', value, 7);
    return {
      ...dataOf(type, replica),
      kind: 'chunk',
      ...state(sequence, digest),
      index: natural(index),
      items: list('items', items, bounds.chunkItems).map(readItem),
    };
  },
};

const wordReaders: {
  readonly [T in OwnWord['type']]: (value: Cbor, c: Configuration) => OwnWord;
} = {
  'pre-prepare': readPrePrepare,
  prepare: readPrepare,
  commit: readCommit,
  checkpoint: readCheckpoint,
  'view-change': readViewChange,
};

function readOwnWord(value: Cbor, c: Configuration): OwnWord {
  const type = isList(value) ? value[0] : undefined;
  if (!isOneOf(wordReaders, type)) {
    throw malformed('an echo holds what its receiver must remember');
  }
  return wordReaders[type](value, c);
}

function isOneOf<K extends string>(
  readers: { readonly [P in K]: unknown },
  kind: unknown,
): kind is K {
  return typeof kind === 'string' && Object.hasOwn(readers, kind);
}

function fetchOf(
  type: Cbor | undefined,
  replica: Cbor | undefined,
): Pick<Fetch, 'type' | 'replica'> {
  if (type !== 'fetch') throw malformed('a fetch is expected');
  return { type, replica: field('replica', replica, isReplicaId) };
}

function dataOf(type: Cbor | undefined, replica: Cbor | undefined): Pick<Data, 'type' | 'replica'> {
  if (type !== 'data') throw malformed('data is expected');
  return { type, replica: field('replica', replica, isReplicaId) };
}

function readItem(value: Cbor): StateItem {
  if (isList(value) && value.length === 2) {
    const [key, entry] = value;
    return [text('key', key, bounds.operationBytes), text('value', entry, bounds.operationBytes)];
  }
  const [client, timestamp, result] = fieldsOf('item', value, 3);
  return [
    field('client', client, isClientId),
    field('timestamp', timestamp, isTimestamp),
    text('result', result, bounds.resultBytes),
  ];
}

function digests(value: Cbor | undefined): readonly Digest[] {
  return list('children', value, bounds.branching).map(digestFrom);
}

function state(
  sequence: Cbor | undefined,
  digest: Cbor | undefined,
): { readonly sequence: SequenceNumber; readonly digest: Digest } {
  return {
    sequence: field('sequence', sequence, isSequenceNumber),
    digest: digestFrom(digest),
  };
}

function natural(value: Cbor | undefined): number {
  return field('number', value, isNatural);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isPhase(value: unknown): value is Status['phase'] {
  return value === 'normal' || value === 'changing-view' || value === 'learner';
}
