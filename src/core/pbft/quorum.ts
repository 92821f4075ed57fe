import { assert } from '#core/base/assert.ts';

import type { ReplicaId, View } from './terms.ts';
import { replicaId } from './terms.ts';

/** How many must agree, §2 and §4 (pbft.md 1.2), for any n >= 1. */
export interface Quorums {
  readonly n: number;
  /** The faults tolerated. */
  readonly f: number;
  /** Q = ceil((n+f+1)/2): any two sets of Q share f + 1 replicas, so a correct one. It is 2f + 1 only when n = 3f + 1. */
  readonly quorum: number;
  /** f + 1: at least one of them is correct. */
  readonly weak: number;
}

/** The largest number of faults that n replicas tolerate. */
export function faultsTolerated(n: number): number {
  return Math.floor((n - 1) / 3);
}

/** The quorums of n replicas with at most f faulty. With n < 4 no fault is tolerated and Q is a majority. */
export function quorumsOf(n: number, f: number = faultsTolerated(n)): Quorums {
  assert(Number.isSafeInteger(n) && n >= 1, `a cluster has at least one replica, not ${n}`);
  assert(Number.isSafeInteger(f) && f >= 0, `faults are counted by a natural number, not ${f}`);
  assert(n >= 3 * f + 1, `${f} faults need at least ${3 * f + 1} replicas, not ${n}`);
  return { n, f, quorum: Math.ceil((n + f + 1) / 2), weak: f + 1 };
}

/** The rules about quorums that a cluster may leave out. */
export type QuorumAblation = 'quorum-f+1' | 'naive-quorum-2f+1';

/** The quorums of a cluster that may leave out a rule about them: the sound ones, unless it does. */
export function quorumsUnder(
  isLeftOut: (rule: QuorumAblation) => boolean,
  sound: Quorums,
): Quorums {
  if (isLeftOut('quorum-f+1')) return { ...sound, quorum: sound.f + 1 };
  if (isLeftOut('naive-quorum-2f+1')) return { ...sound, quorum: 2 * sound.f + 1 };
  return sound;
}

/** The primary of a view: replica v mod n. */
export function primaryOf(view: View, n: number): ReplicaId {
  return replicaId(view % n);
}
