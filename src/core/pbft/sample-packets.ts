import type { Data, Fetch, Packet } from './message.ts';
import {
  checkpointFrom,
  commitFrom,
  dataFrom,
  digestOf,
  prePrepareFrom,
  prepareFrom,
  replyFrom,
  requestFrom,
  sampleBatch,
  sampleDigest,
  signedBy,
  statusFrom,
} from './sample-messages.ts';
import { newViewFrom, viewChangeFrom } from './sample-view-change.ts';
import { clientId, replicaId, sequenceNumber, timestamp } from './terms.ts';

const by = { replica: replicaId(1) } as const;
const state = { sequence: sequenceNumber(8), digest: digestOf('5') } as const;
const proof = { prePrepare: prePrepareFrom(0), prepares: [prepareFrom(1)] };
const viewChange = viewChangeFrom(1, {
  stable: 8,
  checkpoints: [checkpointFrom(2)],
  prepared: [proof],
});

/** Every type of message, and of FETCH and DATA every kind, small: what the wire must carry. */
export const samplePackets: Readonly<Record<string, Packet>> = {
  request: { signed: requestFrom(0, 7, '{"put":["ключ","\u{FEFF}1"]}') },
  'pre-prepare': { signed: prePrepareFrom(0), batch: sampleBatch },
  prepare: { signed: prepareFrom(1, { view: 3, sequence: 2 ** 40 }) },
  commit: { signed: commitFrom(3) },
  reply: { signed: replyFrom(2) },
  checkpoint: { signed: checkpointFrom(1) },
  'view-change': { signed: viewChange },
  'new-view': {
    signed: newViewFrom(1, { viewChanges: [viewChange], prePrepares: [prePrepareFrom(1)] }),
  },
  status: {
    signed: statusFrom(2, {
      phase: 'changing-view',
      prePrepared: [1, 2],
      prepared: [1],
      committed: [1],
      viewChanges: [0, 2],
      missing: [sampleDigest],
    }),
  },
  'fetch body': fetch({ type: 'fetch', kind: 'body', digest: sampleDigest, ...by }),
  'fetch echo': fetch({ type: 'fetch', kind: 'echo', incarnation: 2, ...by }),
  'fetch root': fetch({ type: 'fetch', kind: 'root', ...state, ...by }),
  'fetch node': fetch({ type: 'fetch', kind: 'node', ...state, level: 1, index: 2, ...by }),
  'fetch chunk': fetch({ type: 'fetch', kind: 'chunk', ...state, index: 3, ...by }),
  'data slot': { signed: dataFrom(1) },
  'data body': data({
    type: 'data',
    kind: 'body',
    digest: sampleDigest,
    batch: sampleBatch,
    ...by,
  }),
  'data echo': data({
    type: 'data',
    kind: 'echo',
    incarnation: 2,
    messages: [prePrepareFrom(2), prepareFrom(2), commitFrom(2), checkpointFrom(2), viewChange],
    ...by,
  }),
  'data root': data({
    type: 'data',
    kind: 'root',
    ...state,
    executed: 9,
    chunks: 2,
    children: [digestOf('1'), digestOf('2')],
    ...by,
  }),
  'data node': data({
    type: 'data',
    kind: 'node',
    ...state,
    level: 1,
    index: 1,
    children: [digestOf('3')],
    ...by,
  }),
  'data chunk': data({
    type: 'data',
    kind: 'chunk',
    ...state,
    index: 1,
    items: [
      ['x', '1'],
      [clientId(0), timestamp(3), 'ok'],
    ],
    ...by,
  }),
};

function fetch(body: Fetch): Packet {
  return { signed: signedBy(body.replica, body) };
}

function data(body: Data): Packet {
  return { signed: signedBy(body.replica, body) };
}
