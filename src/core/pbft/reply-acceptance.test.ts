import { describe, expect, it } from 'vitest';

import type { Reply, Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { ClientStanding } from './reply-acceptance.ts';
import { acceptedResult, rejectionOfReply, supportedView } from './reply-acceptance.ts';
import type { Defect } from './sample-messages.ts';
import { pairsOf, replyFrom, sample } from './sample-messages.ts';
import { clientId, timestamp } from './terms.ts';

interface Case {
  readonly standing: ClientStanding;
  readonly reply: Signed<Reply>;
  readonly verdicts: readonly boolean[];
  readonly held: Reply | undefined;
}

const honest: Case = {
  standing: { configuration: sample, client: clientId(0), outstanding: timestamp(1) },
  reply: replyFrom(2),
  verdicts: [true],
  held: undefined,
};

function rejection({ standing, reply, verdicts, held }: Case): Rejection | undefined {
  return rejectionOfReply(standing, reply, verdicts, held);
}

function waitingFor(outstanding: number | undefined): (honest: Case) => Case {
  const at = outstanding === undefined ? undefined : timestamp(outstanding);
  return (honest) => ({ ...honest, standing: { ...honest.standing, outstanding: at } });
}

function signedBy(signer: number | 'c0'): (honest: Case) => Case {
  return (honest) => ({ ...honest, reply: { ...honest.reply, signer } });
}

/** In the order of the checks. */
const defects: readonly Defect<Case>[] = [
  {
    reason: 'not-for-me',
    why: 'it is for another client',
    spoil: (honest) => ({ ...honest, standing: { ...honest.standing, client: clientId(1) } }),
  },
  { reason: 'another-request', why: 'it answers an older request', spoil: waitingFor(2) },
  { reason: 'another-request', why: 'nothing is outstanding', spoil: waitingFor(undefined) },
  {
    reason: 'duplicate',
    why: 'it counts already',
    spoil: (honest) => ({ ...honest, held: honest.reply.body }),
  },
  { reason: 'not-a-member', why: 'its signer is no replica', spoil: signedBy(4) },
  { reason: 'not-a-member', why: 'its signer is a client', spoil: signedBy('c0') },
  { reason: 'wrong-signer', why: 'another replica signed it', spoil: signedBy(3) },
  {
    reason: 'bad-signature',
    why: 'its signature fails',
    spoil: (honest) => ({ ...honest, verdicts: [false] }),
  },
  {
    reason: 'conflicting-vote',
    why: 'its signer gave another result',
    spoil: (honest) => ({ ...honest, held: replyFrom(2, { result: 'no' }).body }),
  },
];

describe('REPLY', () => {
  it('[N12] counts when it answers the outstanding request', () => {
    expect(rejection(honest)).toBeUndefined();
  });

  it.each(defects)('[N12] is refused as $reason when $why', ({ reason, spoil }) => {
    expect(rejection(spoil(honest))).toBe(reason);
  });

  it.each(pairsOf(defects))(
    '[N7] is refused as $first.reason when $first.why, even if $second.why',
    ({ first, second }) => {
      expect(rejection(first.spoil(second.spoil(honest)))).toBe(first.reason);
    },
  );
});

function replies(...all: readonly Signed<Reply>[]): readonly Reply[] {
  return all.map(({ body }) => body);
}

describe('accepted result', () => {
  it('[N27] is what f + 1 replicas give', () => {
    expect(acceptedResult(sample, replies(replyFrom(1), replyFrom(3)))).toEqual({
      result: 'ok',
      view: 0,
      replicas: [1, 3],
    });
  });

  it.each([
    { why: 'f replicas answered', all: replies(replyFrom(1)) },
    { why: 'one replica answers twice', all: replies(replyFrom(1), replyFrom(1)) },
    { why: 'results differ', all: replies(replyFrom(1), replyFrom(2, { result: 'no' })) },
    {
      why: 'one replica gives both results',
      all: replies(replyFrom(1), replyFrom(1, { result: 'no' }), replyFrom(2, { result: 'no' })),
    },
  ])('[N27] is missing when $why', ({ all }) => {
    expect(acceptedResult(sample, all)).toBeUndefined();
  });

  it('[N27] waits past f lies that come first', () => {
    const all = replies(replyFrom(3, { result: 'lie' }), replyFrom(0), replyFrom(1));
    expect(acceptedResult(sample, all)).toMatchObject({ result: 'ok', replicas: [0, 1] });
  });

  it('[N27] takes replies of different views together', () => {
    const all = replies(replyFrom(0, { view: 0 }), replyFrom(1, { view: 1 }));
    expect(acceptedResult(sample, all)).toEqual({ result: 'ok', view: 0, replicas: [0, 1] });
  });
});

describe('supported view', () => {
  it.each([
    { views: [], is: undefined },
    { views: [5], is: undefined },
    { views: [2, 1_000_000_000], is: 2 },
    { views: [1, 1, 1_000_000_000], is: 1 },
    { views: [0, 2, 3], is: 2 },
    { views: [3, 3, 0, 0], is: 3 },
  ])('[N27] of $views is $is: f + 1 have reached it', ({ views, is }) => {
    const all = replies(...views.map((view, i) => replyFrom(i, { view })));
    expect(supportedView(sample, all)).toBe(is);
  });

  it('[N27] counts a replica once', () => {
    const all = replies(replyFrom(3, { view: 9 }), replyFrom(3, { view: 9 }), replyFrom(0));
    expect(supportedView(sample, all)).toBe(0);
  });
});
