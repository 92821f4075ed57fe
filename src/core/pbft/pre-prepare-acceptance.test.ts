import { describe, expect, it } from 'vitest';

import { digestOfBatch, nullDigest } from './digest.ts';
import type { Batch, PrePrepare, Signed } from './message.ts';
import type { Proposal } from './pre-prepare-acceptance.ts';
import { rejectionOfPrePrepare } from './pre-prepare-acceptance.ts';
import type { Rejection } from './rejection.ts';
import type { Defect } from './sample-messages.ts';
import {
  digestOf,
  pairsOf,
  prePrepareFrom,
  requestFrom,
  sample,
  sampleBatch,
  standingOf,
} from './sample-messages.ts';
import type { Standing } from './standing.ts';
import { replicaId, sequenceNumber, view } from './terms.ts';

interface Case {
  readonly standing: Standing;
  readonly proposal: Proposal;
  readonly verdicts: readonly boolean[];
  readonly accepted: Signed<PrePrepare> | undefined;
}

const honest: Case = {
  standing: standingOf(1),
  proposal: { signed: prePrepareFrom(0), batch: sampleBatch },
  verdicts: [true, true, true],
  accepted: undefined,
};

function rejection({ standing, proposal, verdicts, accepted }: Case): Rejection | undefined {
  return rejectionOfPrePrepare(standing, proposal, verdicts, accepted);
}

function signedBy(signer: number | 'c0'): (honest: Case) => Case {
  return (honest) => ({
    ...honest,
    proposal: { ...honest.proposal, signed: { ...honest.proposal.signed, signer } },
  });
}

function of(otherwise: Partial<PrePrepare>, batch?: Batch): (honest: Case) => Case {
  return (honest) => {
    const { signed } = honest.proposal;
    const proposal = {
      ...honest.proposal,
      signed: { ...signed, body: { ...signed.body, ...otherwise } },
    };
    return { ...honest, proposal: batch ? { ...proposal, batch } : proposal };
  };
}

function at(otherwise: Partial<Standing>): (honest: Case) => Case {
  return (honest) => ({ ...honest, standing: { ...honest.standing, ...otherwise } });
}

function proposing(batch: Batch): (honest: Case) => Case {
  return of({ digest: digestOfBatch(sample, batch) }, batch);
}

/** In the order of the checks. */
const defects: readonly Defect<Case>[] = [
  {
    reason: 'own-message',
    why: 'it is my own',
    spoil: (honest) => at({ id: replicaId(0) })(signedBy(0)(honest)),
  },
  { reason: 'not-normal', why: 'I change views', spoil: at({ phase: 'changing-view' }) },
  { reason: 'not-normal', why: 'I am a learner', spoil: at({ phase: 'learner' }) },
  { reason: 'another-view', why: 'its view is ahead', spoil: of({ view: view(8) }) },
  { reason: 'another-view', why: 'its view is past', spoil: at({ view: view(4) }) },
  { reason: 'outside-watermarks', why: 'it is at h', spoil: of({ sequence: sequenceNumber(0) }) },
  {
    reason: 'outside-watermarks',
    why: 'it is above H',
    spoil: of({ sequence: sequenceNumber(17) }),
  },
  {
    reason: 'outside-watermarks',
    why: 'it is at 2^53 - 1',
    spoil: of({ sequence: sequenceNumber(Number.MAX_SAFE_INTEGER) }),
  },
  {
    reason: 'duplicate',
    why: 'I accepted it',
    spoil: (honest) => ({ ...honest, accepted: honest.proposal.signed }),
  },
  { reason: 'not-a-member', why: 'its signer is no replica', spoil: signedBy(4) },
  { reason: 'not-a-member', why: 'its signer is a client', spoil: signedBy('c0') },
  { reason: 'not-the-primary', why: 'a backup signed it', spoil: signedBy(2) },
  {
    reason: 'bad-signature',
    why: 'its signature fails',
    spoil: (honest) => ({ ...honest, verdicts: [false, true, true] }),
  },
  {
    reason: 'bad-signature',
    why: 'a signature of its batch fails',
    spoil: (honest) => ({ ...honest, verdicts: [true, true, false] }),
  },
  {
    reason: 'conflicting-pre-prepare',
    why: 'I accepted another',
    spoil: (honest) => ({ ...honest, accepted: prePrepareFrom(0, { digest: digestOf('e') }) }),
  },
  {
    reason: 'missing-body',
    why: 'its batch is not there',
    spoil: ({ proposal: { signed }, ...honest }) => ({ ...honest, proposal: { signed } }),
  },
  {
    reason: 'wrong-body',
    why: 'the batch is another',
    spoil: (honest) => ({
      ...honest,
      proposal: { ...honest.proposal, batch: [requestFrom(0, 2)] },
    }),
  },
  {
    reason: 'wrong-body',
    why: 'the batch lacks a request',
    spoil: (honest) => ({
      ...honest,
      proposal: { ...honest.proposal, batch: [requestFrom(1, 1)] },
    }),
  },
  {
    reason: 'bad-batch',
    why: 'the batch is too large',
    spoil: proposing([1, 2, 3, 4, 5].map((t) => requestFrom(0, t))),
  },
  {
    reason: 'bad-batch',
    why: 'a client does not exist',
    spoil: proposing([requestFrom(0, 1), requestFrom(2, 1)]),
  },
  {
    reason: 'bad-batch',
    why: 'a client signed for another',
    spoil: proposing([{ ...requestFrom(0, 1), signer: 'c1' }]),
  },
  {
    reason: 'bad-batch',
    why: 'a replica signed for a client',
    spoil: proposing([{ ...requestFrom(0, 1), signer: 0 }]),
  },
];

describe('PRE-PREPARE', () => {
  it.each<{ why: string; spoil: (honest: Case) => Case }>([
    { why: 'from the primary of my view', spoil: (honest) => honest },
    { why: 'at H', spoil: of({ sequence: sequenceNumber(16) }) },
    {
      why: 'just above h',
      spoil: (honest) =>
        at({ lowWatermark: sequenceNumber(8) })(of({ sequence: sequenceNumber(9) })(honest)),
    },
    {
      why: 'of the primary of a later view',
      spoil: (honest) => at({ view: view(6) })(of({ view: view(6) })(signedBy(2)(honest))),
    },
    { why: 'with an empty batch', spoil: proposing([]) },
    {
      why: 'with as many requests as allowed',
      spoil: proposing([1, 2, 3, 4].map((t) => requestFrom(0, t))),
    },
    {
      why: 'with one request twice: it executes once',
      spoil: proposing([requestFrom(0, 1), requestFrom(0, 1)]),
    },
    {
      why: 'that fills a gap below what is executed',
      spoil: at({ lastExecuted: sequenceNumber(3) }),
    },
  ])('[N9] is accepted $why', ({ spoil }) => {
    expect(rejection(spoil(honest))).toBeUndefined();
  });

  it.each(defects)('[N9] is refused as $reason when $why', ({ reason, spoil }) => {
    expect(rejection(spoil(honest))).toBe(reason);
  });

  it.each(pairsOf(defects))(
    '[N7] is refused as $first.reason when $first.why, even if $second.why',
    ({ first, second }) => {
      expect(rejection(first.spoil(second.spoil(honest)))).toBe(first.reason);
    },
  );

  it('[N9] [A-P15] is accepted from the primary, whoever forwards it, but not from a backup in its name', () => {
    // The rules see the signer only: the channel's peer is no argument.
    expect(rejection(honest)).toBeUndefined();
    expect(rejection(signedBy(2)(honest))).toBe('not-the-primary');
  });

  it('[N9] as a bare header is refused, but shows a conflict', () => {
    const header: Proposal = { signed: prePrepareFrom(0, { digest: digestOf('e') }) };
    const shown = { ...honest, proposal: header, verdicts: [true] };
    expect(rejection(shown)).toBe('missing-body');
    expect(rejection({ ...shown, accepted: prePrepareFrom(0) })).toBe('conflicting-pre-prepare');
  });

  it('[N28] with another digest is accepted where a second PRE-PREPARE is', () => {
    const configuration = { ...sample, ablation: ['accept-second-pre-prepare'] };
    const second = {
      ...honest,
      standing: standingOf(1, { configuration }),
      accepted: prePrepareFrom(0, { digest: digestOf('e') }),
    };
    expect(rejection(second)).toBeUndefined();
  });
});

const from = (sequence: number): Case => ({
  ...honest,
  standing: standingOf(3, { view: view(1), fixedUpTo: sequenceNumber(5) }),
  proposal: { signed: prePrepareFrom(1, { view: 1, sequence }), batch: sampleBatch },
});

describe('a PRE-PREPARE in a view that began with a NEW-VIEW', () => {
  it.each([
    { sequence: 1, reason: 'fixed-by-new-view' },
    { sequence: 5, reason: 'fixed-by-new-view' },
    { sequence: 6, reason: undefined },
  ])('[V11] at $sequence, max-s being 5: $reason', ({ sequence, reason }) => {
    expect(rejection(from(sequence))).toBe(reason);
  });

  it('[V11] is compared with the header of O, if that is accepted', () => {
    const accepted = prePrepareFrom(1, { view: 1, sequence: 5 });
    const rival = prePrepareFrom(1, { view: 1, sequence: 5, digest: digestOf('e') });
    expect(rejection({ ...from(5), accepted })).toBe('duplicate');
    expect(rejection({ ...from(5), accepted: rival })).toBe('conflicting-pre-prepare');
  });
});

describe('a PRE-PREPARE of the null request', () => {
  const gap = prePrepareFrom(0, { digest: nullDigest(sample) });

  it.each<{ why: string; batch?: Batch; reason?: Rejection }>([
    { why: 'without a batch' },
    { why: 'with an empty batch', batch: [] },
    { why: 'with a batch', batch: sampleBatch, reason: 'wrong-body' },
  ])('[V11] comes $why: $reason', ({ batch, reason }) => {
    const proposal = { signed: gap, ...(batch && { batch }) };
    expect(rejection({ ...honest, proposal })).toBe(reason);
  });
});
