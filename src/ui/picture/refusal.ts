import type { Rejection } from '#core/pbft/rejection.ts';

/**
 * What a refusal means: a message that was not needed any more, one that came too late for where its receiver stands,
 * or one that no correct process would have sent like this.
 */
export type Refusal = 'surplus' | 'stale' | 'wrong';

const refusals: Readonly<Record<Rejection, Refusal>> = {
  duplicate: 'surplus',
  'own-message': 'surplus',
  'already-executed': 'surplus',
  'answered-request': 'surplus',
  'superseded-request': 'surplus',
  unwanted: 'surplus',
  'another-request': 'surplus',

  'not-normal': 'stale',
  'another-view': 'stale',
  'fixed-by-new-view': 'stale',
  'outside-watermarks': 'stale',
  outdated: 'stale',
  'stale-request': 'stale',

  oversized: 'wrong',
  undecodable: 'wrong',
  'non-canonical': 'wrong',
  'wrong-cluster': 'wrong',
  'not-a-member': 'wrong',
  'unknown-client': 'wrong',
  'wrong-signer': 'wrong',
  'not-the-primary': 'wrong',
  'primary-prepares': 'wrong',
  'bad-signature': 'wrong',
  'not-a-checkpoint': 'wrong',
  'conflicting-pre-prepare': 'wrong',
  'conflicting-vote': 'wrong',
  'missing-body': 'wrong',
  'bad-batch': 'wrong',
  'wrong-body': 'wrong',
  'bad-status': 'wrong',
  'bad-certificate': 'wrong',
  'conflicting-view-change': 'wrong',
  'conflicting-new-view': 'wrong',
  'bad-checkpoint-proof': 'wrong',
  'bad-prepared-proof': 'wrong',
  'bad-view-changes': 'wrong',
  'wrong-order': 'wrong',
  'wrong-state': 'wrong',
  'bad-echo': 'wrong',
  'not-for-me': 'wrong',
};

/** What it means that a message was refused for this reason: the same in every view. */
export function refusalOf(reason: Rejection): Refusal {
  return refusals[reason];
}
