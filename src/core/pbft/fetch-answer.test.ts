import { describe, expect, it } from 'vitest';

import { rejectionOfBody, rejectionOfEcho, rejectionOfFetch } from './fetch-acceptance.ts';
import { answersToFetch, lastWords } from './fetch-answer.ts';
import type { BodyData, EchoData, Fetch, OwnWord, Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import {
  checkpointFrom,
  commitFrom,
  digestOf,
  prePrepareFrom,
  prepareFrom,
  requestFrom,
  sample,
  sampleBatch,
  sampleDigest,
  signedBy,
  standingOf,
} from './sample-messages.ts';
import { checkpointsAt, viewChangeFrom } from './sample-view-change.ts';
import { stateTree } from './state-tree.ts';
import { replicaId, sequenceNumber } from './terms.ts';

const by = { type: 'fetch', replica: replicaId(1) } as const;
const tree = stateTree(sample, { sequence: sequenceNumber(8), executed: 1, items: [['x', '1']] });
const state = { sequence: tree.root.sequence, digest: tree.root.digest } as const;
const words: readonly Signed<OwnWord>[] = [
  prepareFrom(1, { view: 1, sequence: 3 }),
  prepareFrom(1, { view: 0, sequence: 9 }),
  prepareFrom(1, { view: 1, sequence: 2 }),
  viewChangeFrom(1, { nextView: 1 }),
  viewChangeFrom(1, { nextView: 2 }),
  checkpointFrom(1, { sequence: 16 }),
  checkpointFrom(1, { sequence: 8 }),
];
const supplies = {
  id: replicaId(2),
  body: (digest: string) => (digest === sampleDigest ? sampleBatch : undefined),
  tree: (sequence: number) => (sequence === 8 ? tree : undefined),
  stable: { sequence: sequenceNumber(16), digest: digestOf('c'), checkpoints: checkpointsAt(16) },
  wordsOf: (replica: number) => words.filter(({ signer }) => signer === replica),
};
const bodiesFor = (fetch: Fetch): readonly unknown[] =>
  answersToFetch(fetch, supplies).map(({ packet }) => packet.signed.body);

describe('the answer to a FETCH', () => {
  it('[S5] is the batch behind the digest', () => {
    expect(bodiesFor({ ...by, kind: 'body', digest: sampleDigest })).toEqual([
      { type: 'data', kind: 'body', digest: sampleDigest, batch: sampleBatch, replica: 2 },
    ]);
    expect(bodiesFor({ ...by, kind: 'body', digest: digestOf('b') })).toEqual([]);
  });

  it('[S5] is the root or a chunk of the state', () => {
    expect(bodiesFor({ ...by, kind: 'root', ...state })).toMatchObject([
      { kind: 'root', executed: 1, chunks: 1 },
    ]);
    expect(bodiesFor({ ...by, kind: 'chunk', ...state, index: 0 })).toMatchObject([
      { kind: 'chunk', index: 0, items: [['x', '1']] },
    ]);
  });

  it.each<{ why: string; fetch: Fetch }>([
    { why: 'a chunk beyond the last', fetch: { ...by, kind: 'chunk', ...state, index: 1 } },
    {
      why: 'a node of a small state',
      fetch: { ...by, kind: 'node', ...state, level: 1, index: 0 },
    },
    { why: 'a node of level 0', fetch: { ...by, kind: 'node', ...state, level: 0, index: 0 } },
    {
      why: 'a state that nobody has reached',
      fetch: { ...by, kind: 'root', sequence: sequenceNumber(24), digest: state.digest },
    },
  ])('[S5] is nothing for $why', ({ fetch }) => {
    expect(bodiesFor(fetch)).toEqual([]);
  });

  it.each<{ why: string; otherwise: object }>([
    { why: 'is gone', otherwise: { sequence: sequenceNumber(0) } },
    { why: 'has another digest', otherwise: { digest: digestOf('b') } },
  ])('[S5] about a state that $why is the proof of the stable one', ({ otherwise }) => {
    expect(bodiesFor({ ...by, kind: 'root', ...state, ...otherwise })).toEqual(
      checkpointsAt(16).map(({ body }) => body),
    );
  });

  it('[V16] is, of the asking replica’s own words, the last of each type', () => {
    const [prepare, , , , viewChange, checkpoint] = words;
    expect(bodiesFor({ ...by, kind: 'echo', incarnation: 3 })).toEqual([
      {
        type: 'data',
        kind: 'echo',
        incarnation: 3,
        messages: [prepare, viewChange, checkpoint],
        replica: 2,
      },
    ]);
    expect(lastWords([prePrepareFrom(0), commitFrom(0)])).toHaveLength(2);
    expect(bodiesFor({ ...by, kind: 'echo', incarnation: 3, replica: replicaId(3) })).toMatchObject(
      [{ messages: [] }],
    );
  });
});

describe('FETCH', () => {
  const fetch = signedBy<Fetch>(1, { ...by, kind: 'body', digest: sampleDigest });

  it.each<{ reason?: Rejection; id?: number; signed?: Signed<Fetch>; verdict?: boolean }>([
    {},
    { reason: 'own-message', id: 1 },
    { reason: 'wrong-signer', signed: { ...fetch, signer: 3 } },
    { reason: 'not-a-member', signed: { ...fetch, signer: 'c0' } },
    { reason: 'bad-signature', verdict: false },
  ])('[S5] is answered, or refused: $reason', ({ reason, id = 2, signed, verdict = true }) => {
    expect(rejectionOfFetch(standingOf(id), signed ?? fetch, [verdict])).toBe(reason);
  });
});

describe('a fetched batch', () => {
  const data = signedBy<BodyData>(2, {
    type: 'data',
    kind: 'body',
    digest: sampleDigest,
    batch: sampleBatch,
    replica: replicaId(2),
  });
  const verdicts = [true, true, true];

  it('[S5] has the digest that was asked for', () => {
    expect(rejectionOfBody(standingOf(1), data, verdicts, true)).toBeUndefined();
    const other = { ...data, body: { ...data.body, batch: [requestFrom(0, 9)] } };
    expect(rejectionOfBody(standingOf(1), other, verdicts, true)).toBe('wrong-body');
  });

  it('[S5] is wanted, and signed throughout', () => {
    expect(rejectionOfBody(standingOf(1), data, verdicts, false)).toBe('unwanted');
    expect(rejectionOfBody(standingOf(1), data, [true, true, false], true)).toBe('bad-signature');
    expect(rejectionOfBody(standingOf(2), data, verdicts, true)).toBe('own-message');
    const forged = { ...data, signer: 3 };
    expect(rejectionOfBody(standingOf(1), forged, verdicts, true)).toBe('wrong-signer');
  });
});

const echo = (messages: readonly Signed<OwnWord>[]): Signed<EchoData> =>
  signedBy<EchoData>(2, {
    type: 'data',
    kind: 'echo',
    incarnation: 3,
    messages,
    replica: replicaId(2),
  });

describe('an echo', () => {
  it('[V16] holds only what its receiver signed', () => {
    expect(rejectionOfEcho(standingOf(1), echo(words), [true], 3)).toBeUndefined();
    expect(rejectionOfEcho(standingOf(1), echo([]), [true], 3)).toBeUndefined();
    expect(rejectionOfEcho(standingOf(1), echo([commitFrom(0)]), [true], 3)).toBe('bad-echo');
  });

  it('[V16] belongs to this restart', () => {
    expect(rejectionOfEcho(standingOf(1), echo(words), [true], 4)).toBe('unwanted');
    expect(rejectionOfEcho(standingOf(1), echo(words), [false], 3)).toBe('bad-signature');
    expect(rejectionOfEcho(standingOf(2), echo(words), [true], 3)).toBe('own-message');
    const forged = { ...echo([]), signer: 3 };
    expect(rejectionOfEcho(standingOf(1), forged, [true], 3)).toBe('wrong-signer');
  });
});
