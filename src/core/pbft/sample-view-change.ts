import type {
  Checkpoint,
  NewView,
  PrePrepare,
  PreparedProof,
  Signed,
  ViewChange,
} from './message.ts';
import { primaryOf } from './quorum.ts';
import type { Otherwise } from './sample-messages.ts';
import {
  checkpointFrom,
  prePrepareFrom,
  prepareFrom,
  sample,
  signedBy,
} from './sample-messages.ts';
import { replicaId, sequenceNumber, view } from './terms.ts';

/** A prepared certificate of the sample cluster: the primary's header, and the PREPAREs of the next Q - 1. */
export function proofOf(otherwise: Otherwise = {}): PreparedProof {
  const primary = primaryOf(view(otherwise.view ?? 0), sample.n);
  const backups = [1, 2].map((i) => (primary + i) % sample.n);
  return {
    prePrepare: prePrepareFrom(primary, otherwise),
    prepares: backups.map((backup) => prepareFrom(backup, otherwise)),
  };
}

/** The Q CHECKPOINTs that prove a stable checkpoint. */
export function checkpointsAt(sequence: number): readonly Signed<Checkpoint>[] {
  return sequence === 0 ? [] : [0, 1, 2].map((i) => checkpointFrom(i, { sequence }));
}

/** What a test says otherwise about a VIEW-CHANGE. */
export interface OtherwiseViewChange {
  readonly nextView?: number;
  readonly stable?: number;
  readonly checkpoints?: ViewChange['checkpoints'];
  readonly prepared?: readonly PreparedProof[];
  readonly replica?: number;
  readonly signer?: number;
}

/** VIEW-CHANGE of a replica to view 1, with nothing prepared. */
export function viewChangeFrom(
  replica: number,
  otherwise: OtherwiseViewChange = {},
): Signed<ViewChange> {
  const stable = otherwise.stable ?? 0;
  return signedBy(otherwise.signer ?? replica, {
    type: 'view-change',
    nextView: view(otherwise.nextView ?? 1),
    stable: sequenceNumber(stable),
    checkpoints: otherwise.checkpoints ?? checkpointsAt(stable),
    prepared: otherwise.prepared ?? [],
    replica: replicaId(otherwise.replica ?? replica),
  });
}

/** NEW-VIEW of the primary of a view, view 1 unless the test says otherwise. */
export function newViewFrom(
  primary: number,
  otherwise: {
    readonly view?: number;
    readonly viewChanges?: readonly Signed<ViewChange>[];
    readonly prePrepares?: readonly Signed<PrePrepare>[];
  } = {},
): Signed<NewView> {
  const nextView = otherwise.view ?? 1;
  return signedBy(primary, {
    type: 'new-view',
    view: view(nextView),
    viewChanges: otherwise.viewChanges ?? [0, 1, 2].map((i) => viewChangeFrom(i, { nextView })),
    prePrepares: otherwise.prePrepares ?? [],
  });
}
