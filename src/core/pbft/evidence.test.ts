import { describe, expect, it } from 'vitest';

import { digestOfViewChange } from './digest.ts';
import type { Statement, ViewStatement } from './evidence.ts';
import { contradiction, headerToShow, isSameStatement, viewContradiction } from './evidence.ts';
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
import { checkpointsAt, newViewFrom, viewChangeFrom } from './sample-view-change.ts';

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

describe('evidence about views', () => {
  const second = viewChangeFrom(2, { stable: 8 });

  it('[V14] is two VIEW-CHANGEs of one signer for one view', () => {
    expect(viewContradiction(sample, viewChangeFrom(2), second)).toEqual({
      culprit: 2,
      kind: 'view-change',
      view: 1,
      digests: [viewChangeFrom(2), second].map(({ body }) => digestOfViewChange(sample, body)),
      messages: [viewChangeFrom(2), second],
    });
  });

  it('[V14] is two NEW-VIEWs of one signer for one view', () => {
    const other = newViewFrom(1, { viewChanges: [] });
    expect(viewContradiction(sample, newViewFrom(1), other)).toMatchObject({
      culprit: 1,
      kind: 'new-view',
      view: 1,
    });
  });

  it.each<{ why: string; other: Signed<ViewStatement> }>([
    { why: 'the same', other: viewChangeFrom(2) },
    { why: 'another view', other: viewChangeFrom(2, { nextView: 2, stable: 8 }) },
    { why: 'another signer', other: viewChangeFrom(3, { stable: 8 }) },
    { why: 'another type', other: newViewFrom(2) },
  ])('[V14] is not $why', ({ other }) => {
    expect(viewContradiction(sample, viewChangeFrom(2), other)).toBeUndefined();
  });

  it('[V14] does not depend on signatures inside', () => {
    const checkpoints = checkpointsAt(8).map((signed) => ({ ...signed, signature: 'own' }));
    const other = viewChangeFrom(2, { stable: 8, checkpoints });
    expect(isSameStatement(sample, second.body, other.body)).toBe(true);
    expect(viewContradiction(sample, second, other)).toBeUndefined();
  });

  it('[V14] is not against who is no replica', () => {
    const [one, two] = [viewChangeFrom(9), viewChangeFrom(9, { stable: 8 })];
    expect(viewContradiction(sample, one, two)).toBeUndefined();
  });
});
