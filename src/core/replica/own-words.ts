import type { OwnRecord } from '#core/pbft/learner.ts';
import type { OwnWord, Signed } from '#core/pbft/message.ts';
import type { ReplicaId } from '#core/pbft/terms.ts';
import { sequenceNumber } from '#core/pbft/terms.ts';

import type { Replica } from './replica.ts';
import type { Slot } from './slot.ts';

/** What a replica has on record of its own words. */
export function recordOf(replica: Replica): OwnRecord {
  const { id, slots, newView, checkpoints } = replica;
  const taken = [...checkpoints.claims.values()].filter((claims) => claims.own !== undefined);
  const last = Math.max(replica.lowWatermark, ...taken.map(({ sequence }) => sequence));
  return {
    said: (type, sequence) => {
      const slot = slots.get(sequence);
      if (type === 'prepare') return slot?.prepares.has(id) === true;
      if (type === 'commit') return slot?.commits.has(id) === true;
      const inOrder = newView?.signer === id ? newView.body.prePrepares : [];
      return (
        slot?.proposal.value?.signer === id ||
        inOrder.some((header) => header.body.sequence === sequence)
      );
    },
    lastCheckpoint: sequenceNumber(last),
  };
}

/** Everything that a replica holds of another one's binding words, to tell it after its restart (pbft.md 1.16). */
export function wordsOf(replica: Replica, signer: ReplicaId): readonly Signed<OwnWord>[] {
  const { slots, prepared, archive, early, checkpoints, viewChanges, newView } = replica;
  const held: readonly (Signed<OwnWord> | undefined)[] = [
    ...[...slots.values()].flatMap(wordsIn),
    ...[...prepared.values()].flatMap(({ prePrepare, prepares }) => [prePrepare, ...prepares]),
    ...[...archive.decisions.values()].flatMap(({ certificate }) => certificate.commits),
    ...[...early.values()].map(({ signed }) => signed),
    ...checkpoints.allClaims(),
    ...(checkpoints.stable?.checkpoints ?? []),
    ...viewChanges.values(),
    ...(newView === undefined ? [] : [...newView.body.viewChanges, ...newView.body.prePrepares]),
  ];
  return held.filter((word) => word !== undefined).filter((word) => word.signer === signer);
}

function wordsIn(slot: Slot): readonly (Signed<OwnWord> | undefined)[] {
  return [
    slot.proposal.value,
    ...slot.prepares.values(),
    ...slot.commits.values(),
    ...slot.olderCommits.values(),
    ...(slot.decision.value?.commits ?? []),
  ];
}
