import { describe, expect, it } from 'vitest';

import type { Checkpoint, Commit, Prepare, Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { Defect } from './sample-messages.ts';
import {
  checkpointFrom,
  commitFrom,
  digestOf,
  pairsOf,
  prepareFrom,
  sample,
  standingOf,
} from './sample-messages.ts';
import type { Standing } from './standing.ts';
import { replicaId, sequenceNumber, view } from './terms.ts';
import { rejectionOfCheckpoint, rejectionOfCommit, rejectionOfPrepare } from './vote-acceptance.ts';
import type { Vote } from './vote.ts';

interface Case<V extends Vote> {
  readonly standing: Standing;
  readonly vote: Signed<V>;
  readonly verdicts: readonly boolean[];
  readonly held: Signed<V> | undefined;
}

type Spoil<V extends Vote> = (honest: Case<V>) => Case<V>;
type AnySpoil = <V extends Vote>(honest: Case<V>) => Case<V>;

function at(otherwise: Partial<Standing>): AnySpoil {
  return (honest) => ({ ...honest, standing: { ...honest.standing, ...otherwise } });
}

function of(otherwise: Partial<Pick<Vote, 'sequence' | 'digest' | 'replica'>>): AnySpoil {
  return ({ vote, ...honest }) => ({
    ...honest,
    vote: { ...vote, body: { ...vote.body, ...otherwise } },
  });
}

function inView<V extends Prepare | Commit>(value: number): Spoil<V> {
  return ({ vote, ...honest }) => ({
    ...honest,
    vote: { ...vote, body: { ...vote.body, view: view(value) } },
  });
}

function signedBy(signer: number | 'c0'): AnySpoil {
  return ({ vote, ...honest }) => ({ ...honest, vote: { ...vote, signer } });
}

function from(replica: number): AnySpoil {
  return (honest) => signedBy(replica)(of({ replica: replicaId(replica) })(honest));
}

function after<V extends Vote>(held: Signed<V>): Spoil<V> {
  return (honest) => ({ ...honest, held });
}

function verdicts(...verdicts: readonly boolean[]): AnySpoil {
  return (honest) => ({ ...honest, verdicts });
}

function both<V extends Vote>(a: Spoil<V>, b: Spoil<V>): Spoil<V> {
  return (honest) => b(a(honest));
}

function signerDefects<V extends Vote>(): readonly Defect<Case<V>>[] {
  return [
    { reason: 'not-a-member', why: 'its signer is no replica', spoil: from(4) },
    { reason: 'not-a-member', why: 'its signer is a client', spoil: signedBy('c0') },
    { reason: 'wrong-signer', why: 'another replica signed it', spoil: signedBy(3) },
  ];
}

describe('PREPARE', () => {
  const honest: Case<Prepare> = {
    standing: standingOf(1),
    vote: prepareFrom(2),
    verdicts: [true],
    held: undefined,
  };
  const rejection = ({ standing, vote, verdicts, held }: Case<Prepare>): Rejection | undefined =>
    rejectionOfPrepare(standing, vote, verdicts, held);

  const defects: readonly Defect<Case<Prepare>>[] = [
    { reason: 'own-message', why: 'it is my own', spoil: both(from(1), at({ id: replicaId(1) })) },
    { reason: 'not-normal', why: 'I change views', spoil: at({ phase: 'changing-view' }) },
    { reason: 'not-normal', why: 'I am a learner', spoil: at({ phase: 'learner' }) },
    { reason: 'another-view', why: 'its view is ahead', spoil: inView(1) },
    { reason: 'another-view', why: 'its view is past', spoil: at({ view: view(4) }) },
    { reason: 'outside-watermarks', why: 'it is at h', spoil: of({ sequence: sequenceNumber(0) }) },
    {
      reason: 'outside-watermarks',
      why: 'it is above H',
      spoil: of({ sequence: sequenceNumber(17) }),
    },
    {
      reason: 'duplicate',
      why: 'it is filed',
      spoil: (honest) => ({ ...honest, held: honest.vote }),
    },
    ...signerDefects<Prepare>(),
    { reason: 'primary-prepares', why: 'the primary sent it', spoil: from(0) },
    { reason: 'bad-signature', why: 'its signature fails', spoil: verdicts(false) },
    { reason: 'bad-signature', why: 'nothing vouches for it', spoil: verdicts() },
    {
      reason: 'conflicting-vote',
      why: 'its signer prepared another',
      spoil: after(prepareFrom(2, { digest: digestOf('e') })),
    },
  ];

  it.each<{ why: string; spoil: Spoil<Prepare> }>([
    { why: 'of a backup', spoil: (honest) => honest },
    { why: 'of any digest: the PRE-PREPARE may come later', spoil: of({ digest: digestOf('e') }) },
    { why: 'at H', spoil: of({ sequence: sequenceNumber(16) }) },
    {
      why: 'just above h',
      spoil: both(at({ lowWatermark: sequenceNumber(8) }), of({ sequence: sequenceNumber(9) })),
    },
    { why: 'by the primary too', spoil: at({ id: replicaId(0) }) },
    {
      why: 'of replica 0 in view 1',
      spoil: both(from(0), both(at({ view: view(1) }), inView(1))),
    },
  ])('[N10] is filed $why', ({ spoil }) => {
    expect(rejection(spoil(honest))).toBeUndefined();
  });

  it.each(defects)('[N10] is refused as $reason when $why', ({ reason, spoil }) => {
    expect(rejection(spoil(honest))).toBe(reason);
  });

  it.each(pairsOf(defects))(
    '[N7] is refused as $first.reason when $first.why, even if $second.why',
    ({ first, second }) => {
      expect(rejection(first.spoil(second.spoil(honest)))).toBe(first.reason);
    },
  );

  it('[N28] of the primary is filed where that rule is left out', () => {
    const configuration = { ...sample, ablation: ['count-primary-prepare'] };
    expect(rejection(from(0)(at({ configuration })(honest)))).toBeUndefined();
  });
});

describe('COMMIT', () => {
  const honest: Case<Commit> = {
    standing: standingOf(1, { view: view(2) }),
    vote: commitFrom(2, { view: 2 }),
    verdicts: [true],
    held: undefined,
  };
  const rejection = ({ standing, vote, verdicts, held }: Case<Commit>): Rejection | undefined =>
    rejectionOfCommit(standing, vote, verdicts, held);

  const defects: readonly Defect<Case<Commit>>[] = [
    { reason: 'own-message', why: 'it is my own', spoil: from(1) },
    { reason: 'another-view', why: 'its view is ahead', spoil: inView(3) },
    { reason: 'outside-watermarks', why: 'it is at h', spoil: of({ sequence: sequenceNumber(0) }) },
    {
      reason: 'outside-watermarks',
      why: 'it is above H',
      spoil: of({ sequence: sequenceNumber(17) }),
    },
    {
      reason: 'outdated',
      why: 'its signer has one of a later view here',
      spoil: both(inView(0), after(commitFrom(2, { view: 1 }))),
    },
    {
      reason: 'duplicate',
      why: 'it is filed',
      spoil: (honest) => ({ ...honest, held: honest.vote }),
    },
    ...signerDefects<Commit>(),
    { reason: 'bad-signature', why: 'its signature fails', spoil: verdicts(false) },
    {
      reason: 'conflicting-vote',
      why: 'its signer committed another',
      spoil: (honest) => ({
        ...honest,
        held: commitFrom(2, { view: honest.vote.body.view, digest: digestOf('e') }),
      }),
    },
  ];

  it.each<{ why: string; spoil: Spoil<Commit> }>([
    { why: 'of a backup', spoil: (honest) => honest },
    { why: 'of the primary', spoil: both(from(2), at({ id: replicaId(0) })) },
    { why: 'of any digest', spoil: of({ digest: digestOf('e') }) },
    { why: 'at H', spoil: of({ sequence: sequenceNumber(16) }) },
    { why: 'of an older view', spoil: inView(1) },
    {
      why: 'of a later one of the older views',
      spoil: both(inView(1), after(commitFrom(2, { view: 0, digest: digestOf('e') }))),
    },
    { why: 'while I change views', spoil: at({ phase: 'changing-view' }) },
    { why: 'by a learner', spoil: at({ phase: 'learner' }) },
  ])('[N11] is filed $why', ({ spoil }) => {
    expect(rejection(spoil(honest))).toBeUndefined();
  });

  it.each(defects)('[N11] is refused as $reason when $why', ({ reason, spoil }) => {
    expect(rejection(spoil(honest))).toBe(reason);
  });

  it.each(pairsOf(defects))(
    '[N7] is refused as $first.reason when $first.why, even if $second.why',
    ({ first, second }) => {
      expect(rejection(first.spoil(second.spoil(honest)))).toBe(first.reason);
    },
  );
});

describe('CHECKPOINT', () => {
  const honest: Case<Checkpoint> = {
    standing: standingOf(1),
    vote: checkpointFrom(2),
    verdicts: [true],
    held: undefined,
  };
  const rejection = ({ standing, vote, verdicts, held }: Case<Checkpoint>): Rejection | undefined =>
    rejectionOfCheckpoint(standing, vote, verdicts, held);

  const defects: readonly Defect<Case<Checkpoint>>[] = [
    { reason: 'own-message', why: 'it is my own', spoil: from(1) },
    {
      reason: 'outside-watermarks',
      why: 'it is at h',
      spoil: both(of({ sequence: sequenceNumber(8) }), at({ lowWatermark: sequenceNumber(8) })),
    },
    {
      reason: 'outside-watermarks',
      why: 'it is below h',
      spoil: at({ lowWatermark: sequenceNumber(16) }),
    },
    {
      reason: 'outdated',
      why: 'its signer claims a later one',
      spoil: after(checkpointFrom(2, { sequence: 800 })),
    },
    {
      reason: 'duplicate',
      why: 'it is filed',
      spoil: (honest) => ({ ...honest, held: honest.vote }),
    },
    ...signerDefects<Checkpoint>(),
    { reason: 'bad-signature', why: 'its signature fails', spoil: verdicts(false) },
    {
      reason: 'not-a-checkpoint',
      why: 'it is between checkpoints',
      spoil: of({ sequence: sequenceNumber(9) }),
    },
    {
      reason: 'conflicting-vote',
      why: 'its signer had another state',
      spoil: after(checkpointFrom(2, { digest: digestOf('e') })),
    },
  ];

  it.each<{ why: string; spoil: Spoil<Checkpoint> }>([
    { why: 'within the window', spoil: (honest) => honest },
    { why: 'at H', spoil: of({ sequence: sequenceNumber(16) }) },
    { why: 'above H, as a claim', spoil: of({ sequence: sequenceNumber(24) }) },
    {
      why: 'above an earlier claim',
      spoil: (honest) =>
        after(checkpointFrom(2, { sequence: 24 }))(of({ sequence: sequenceNumber(32) })(honest)),
    },
    { why: 'by a learner', spoil: at({ phase: 'learner' }) },
    { why: 'in any view', spoil: at({ view: view(7) }) },
  ])('[N13] is filed $why', ({ spoil }) => {
    expect(rejection(spoil(honest))).toBeUndefined();
  });

  it.each(defects)('[N13] is refused as $reason when $why', ({ reason, spoil }) => {
    expect(rejection(spoil(honest))).toBe(reason);
  });

  it.each(pairsOf(defects))(
    '[N7] is refused as $first.reason when $first.why, even if $second.why',
    ({ first, second }) => {
      expect(rejection(first.spoil(second.spoil(honest)))).toBe(first.reason);
    },
  );
});
