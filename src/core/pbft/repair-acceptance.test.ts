import { describe, expect, it } from 'vitest';

import { nullDigest } from './digest.ts';
import type { Signed, SlotData, Status } from './message.ts';
import type { Rejection } from './rejection.ts';
import { rejectionOfData, rejectionOfStatus } from './repair-acceptance.ts';
import type { Defect } from './sample-messages.ts';
import {
  commitFrom,
  dataFrom,
  digestOf,
  pairsOf,
  requestFrom,
  sample,
  standingOf,
  statusFrom,
} from './sample-messages.ts';
import type { Standing } from './standing.ts';
import { replicaId, sequenceNumber, view } from './terms.ts';

describe('STATUS', () => {
  const standing = standingOf(1);
  const full = statusFrom(2, {
    lastExecuted: 3,
    prePrepared: [4, 5, 16],
    prepared: [4, 5],
    committed: [4],
  });

  it.each([
    { why: 'of a replica that has nothing', status: statusFrom(2) },
    { why: 'of a replica amid agreement', status: full },
    { why: 'of a learner', status: statusFrom(2, { phase: 'learner' }) },
    {
      why: 'of a learner that missed a NEW-VIEW',
      status: statusFrom(2, { phase: 'learner', hasNewView: false }),
    },
    {
      why: 'of one that changes views',
      status: statusFrom(2, { phase: 'changing-view', view: 2, viewChanges: [0, 2, 3] }),
    },
    { why: 'of another view', status: statusFrom(2, { view: 9 }) },
    {
      why: 'of another window',
      status: statusFrom(2, { lowWatermark: 80, lastExecuted: 80, prepared: [81, 96] }),
    },
  ])('[N14] is answered $why', ({ status }) => {
    expect(rejectionOfStatus(standing, status, [true])).toBeUndefined();
  });

  it.each<{ reason: Rejection; why: string; status: Signed<Status>; verdicts?: boolean[] }>([
    { reason: 'own-message', why: 'it is my own', status: statusFrom(1) },
    { reason: 'not-a-member', why: 'its signer is no replica', status: statusFrom(4) },
    { reason: 'not-a-member', why: 'its signer is a client', status: { ...full, signer: 'c0' } },
    {
      reason: 'wrong-signer',
      why: 'another replica signed it',
      status: statusFrom(2, { replica: 3 }),
    },
    { reason: 'bad-signature', why: 'its signature fails', status: full, verdicts: [false] },
    {
      reason: 'bad-status',
      why: 'it has executed less than is stable',
      status: statusFrom(2, { lowWatermark: 8 }),
    },
    { reason: 'bad-status', why: 'a list falls', status: statusFrom(2, { prepared: [2, 1] }) },
    { reason: 'bad-status', why: 'a list repeats', status: statusFrom(2, { committed: [1, 1] }) },
    {
      reason: 'bad-status',
      why: 'a list names what is executed',
      status: statusFrom(2, { lastExecuted: 3, prePrepared: [3] }),
    },
    {
      reason: 'bad-status',
      why: 'a list goes above H',
      status: statusFrom(2, { prePrepared: [17] }),
    },
    {
      reason: 'bad-status',
      why: 'it is in a view without having begun it',
      status: statusFrom(2, { hasNewView: false }),
    },
    {
      reason: 'bad-status',
      why: 'it waits for the NEW-VIEW that it has',
      status: statusFrom(2, { phase: 'changing-view', hasNewView: true }),
    },
    {
      reason: 'bad-status',
      why: 'it holds VIEW-CHANGEs and waits for none',
      status: statusFrom(2, { viewChanges: [0] }),
    },
    {
      reason: 'bad-status',
      why: 'it names one replica twice',
      status: statusFrom(2, { phase: 'changing-view', viewChanges: [0, 0] }),
    },
    {
      reason: 'bad-status',
      why: 'it names what is no replica',
      status: statusFrom(2, { phase: 'changing-view', viewChanges: [4] }),
    },
    {
      reason: 'wrong-signer',
      why: 'it contradicts itself in another name',
      status: statusFrom(2, { replica: 3, prepared: [2, 1] }),
    },
    {
      reason: 'bad-signature',
      why: 'it contradicts itself unsigned',
      status: statusFrom(2, { prepared: [2, 1] }),
      verdicts: [false],
    },
  ])('[N14] is refused as $reason when $why', ({ reason, status, verdicts = [true] }) => {
    expect(rejectionOfStatus(standing, status, verdicts)).toBe(reason);
  });
});

interface Case {
  readonly standing: Standing;
  readonly data: Signed<SlotData>;
  readonly verdicts: readonly boolean[];
}
type Spoil = (honest: Case) => Case;

function at(otherwise: Partial<Standing>): Spoil {
  return (honest) => ({ ...honest, standing: { ...honest.standing, ...otherwise } });
}

function of(otherwise: Partial<SlotData>): Spoil {
  return ({ data, ...honest }) => ({
    ...honest,
    data: { ...data, body: { ...data.body, ...otherwise } },
  });
}

function signedBy(signer: number | 'c0'): Spoil {
  return ({ data, ...honest }) => ({ ...honest, data: { ...data, signer } });
}

function proving(...commits: SlotData['commits']): Spoil {
  return of({ commits });
}

function ownData(honest: Case): Case {
  return signedBy(1)(of({ replica: replicaId(1) })(honest));
}

describe('DATA', () => {
  const honest: Case = {
    standing: standingOf(1),
    data: dataFrom(2),
    verdicts: [true, true, true, true, true, true],
  };
  const rejection = ({ standing, data, verdicts }: Case): Rejection | undefined =>
    rejectionOfData(standing, data, verdicts);
  /** In the order of the checks. */
  const defects: readonly Defect<Case>[] = [
    { reason: 'own-message', why: 'it is my own', spoil: ownData },
    {
      reason: 'already-executed',
      why: 'I have executed it',
      spoil: (honest) => at({ lastExecuted: honest.data.body.sequence })(honest),
    },
    {
      reason: 'outside-watermarks',
      why: 'it is above H',
      spoil: of({ sequence: sequenceNumber(17) }),
    },
    { reason: 'not-a-member', why: 'its signer is no replica', spoil: signedBy(4) },
    { reason: 'not-a-member', why: 'its signer is a client', spoil: signedBy('c0') },
    { reason: 'wrong-signer', why: 'another replica signed it', spoil: signedBy(3) },
    {
      reason: 'bad-signature',
      why: 'its signature fails',
      spoil: (honest) => ({ ...honest, verdicts: [false, true] }),
    },
    {
      reason: 'bad-signature',
      why: 'a signature inside fails',
      spoil: (honest) => ({ ...honest, verdicts: [true, false] }),
    },
    {
      reason: 'wrong-body',
      why: 'the batch is another',
      spoil: of({ batch: [requestFrom(0, 9)] }),
    },
    { reason: 'bad-certificate', why: 'there is no COMMIT', spoil: proving() },
    {
      reason: 'bad-certificate',
      why: 'COMMITs are Q - 1',
      spoil: proving(commitFrom(0), commitFrom(1)),
    },
    {
      reason: 'bad-certificate',
      why: 'a replica commits twice',
      spoil: proving(commitFrom(0), commitFrom(1), commitFrom(1)),
    },
    {
      reason: 'bad-certificate',
      why: 'digests differ',
      spoil: proving(commitFrom(0), commitFrom(1), commitFrom(2, { digest: digestOf('e') })),
    },
    {
      reason: 'bad-certificate',
      why: 'all are for another digest',
      spoil: proving(...[0, 1, 2].map((i) => commitFrom(i, { digest: digestOf('e') }))),
    },
    {
      reason: 'bad-certificate',
      why: 'views differ',
      spoil: proving(commitFrom(0), commitFrom(1), commitFrom(2, { view: 1 })),
    },
    {
      reason: 'bad-certificate',
      why: 'sequence numbers differ',
      spoil: proving(commitFrom(0), commitFrom(1), commitFrom(2, { sequence: 2 })),
    },
    {
      reason: 'bad-certificate',
      why: 'one is no member',
      spoil: proving(commitFrom(0), commitFrom(1), commitFrom(4)),
    },
    {
      reason: 'bad-certificate',
      why: 'one is in the name of another',
      spoil: proving(commitFrom(0), commitFrom(1), commitFrom(2, { signer: 3 })),
    },
  ];

  it.each<{ why: string; spoil: Spoil }>([
    { why: 'of a slot that is open here', spoil: (honest) => honest },
    {
      why: 'of a later slot',
      spoil: (honest) => ({ ...honest, data: dataFrom(2, { sequence: 16 }) }),
    },
    { why: 'in any phase', spoil: at({ phase: 'changing-view' }) },
    { why: 'by a learner', spoil: at({ phase: 'learner' }) },
    { why: 'decided in an older view', spoil: at({ view: view(5) }) },
    {
      why: 'decided in a later view',
      spoil: proving(...[0, 1, 2].map((i) => commitFrom(i, { view: 9 }))),
    },
    { why: 'with a COMMIT of mine inside', spoil: proving(...[1, 2, 3].map((i) => commitFrom(i))) },
    {
      why: 'of the null request',
      spoil: (honest) => ({
        ...honest,
        data: dataFrom(2, { digest: nullDigest(sample), batch: [] }),
      }),
    },
  ])('[N15] decides $why', ({ spoil }) => {
    expect(rejection(spoil(honest))).toBeUndefined();
  });

  it.each(defects)('[N15] is refused as $reason when $why', ({ reason, spoil }) => {
    expect(rejection(spoil(honest))).toBe(reason);
  });

  it.each(pairsOf(defects))(
    '[N7] is refused as $first.reason when $first.why, even if $second.why',
    ({ first, second }) => {
      expect(rejection(first.spoil(second.spoil(honest)))).toBe(first.reason);
    },
  );

  it('[N15] does not pass requests off as the null request', () => {
    const data = dataFrom(2, { digest: nullDigest(sample) });
    expect(rejection({ ...honest, data })).toBe('wrong-body');
  });
});
