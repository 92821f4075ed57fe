import { describe, expect, it } from 'vitest';

import type { Statement } from './evidence.ts';
import { contradiction, headerToShow } from './evidence.ts';
import type { Signed } from './message.ts';
import {
  checkpointFrom,
  commitFrom,
  digestOf,
  prePrepareFrom,
  prepareFrom,
  sample,
  sampleDigest,
} from './sample-messages.ts';

const other = digestOf('e');

describe('evidence', () => {
  it.each<{ kind: string; first: Signed<Statement>; second: Signed<Statement> }>([
    { kind: 'pre-prepare', first: prePrepareFrom(0), second: prePrepareFrom(0, { digest: other }) },
    { kind: 'prepare', first: prepareFrom(0), second: prepareFrom(0, { digest: other }) },
    { kind: 'commit', first: commitFrom(0), second: commitFrom(0, { digest: other }) },
  ])(
    '[N25] is two $kind of one signer for one slot with two digests',
    ({ kind, first, second }) => {
      expect(contradiction(sample, first, second)).toEqual({
        culprit: 0,
        kind,
        view: 0,
        sequence: 1,
        digests: [sampleDigest, other],
        messages: [first, second],
      });
    },
  );

  it('[N25] is two checkpoints of one sequence number with two states', () => {
    const messages = [checkpointFrom(2), checkpointFrom(2, { digest: other })] as const;
    expect(contradiction(sample, ...messages)).toEqual({
      culprit: 2,
      kind: 'checkpoint',
      sequence: 8,
      digests: [digestOf('c'), other],
      messages,
    });
  });

  it.each<{ why: string; second: Signed<Statement> }>([
    { why: 'the digest is the same', second: prepareFrom(1) },
    { why: 'the signer is another', second: prepareFrom(2, { digest: other }) },
    { why: 'the view is another', second: prepareFrom(1, { digest: other, view: 1 }) },
    {
      why: 'the sequence number is another',
      second: prepareFrom(1, { digest: other, sequence: 2 }),
    },
    { why: 'the type is another', second: commitFrom(1, { digest: other }) },
  ])('[N25] is missing when $why', ({ second }) => {
    expect(contradiction(sample, prepareFrom(1), second)).toBeUndefined();
  });

  it('[N25] is missing when the signer is no member', () => {
    expect(
      contradiction(sample, prepareFrom(4), prepareFrom(4, { digest: other })),
    ).toBeUndefined();
  });
});

describe('header to show', () => {
  const accepted = prePrepareFrom(0);

  it.each([prepareFrom(3, { digest: other }), commitFrom(3, { digest: other })])(
    '[N26] is the accepted one, without its batch, for a $body.type of another digest',
    (vote) => {
      expect(headerToShow(accepted, vote)).toEqual({ signed: accepted });
    },
  );

  it.each([
    { why: 'the vote agrees', vote: prepareFrom(3) },
    { why: 'the vote is of another view', vote: commitFrom(3, { digest: other, view: 1 }) },
    { why: 'the vote is for another slot', vote: prepareFrom(3, { digest: other, sequence: 2 }) },
  ])('[N26] is none when $why', ({ vote }) => {
    expect(headerToShow(accepted, vote)).toBeUndefined();
  });
});
