import type { Configuration } from './configuration.ts';
import { digestOfViewChange } from './digest.ts';
import type { Commit, Signed, ViewChange } from './message.ts';
import { isMember } from './standing.ts';
import type { Digest, ReplicaId, SequenceNumber, View } from './terms.ts';
import { replicaId } from './terms.ts';

/**
 * A COMMIT and a later VIEW-CHANGE that hides the prepared certificate behind it: proof that their signer is faulty. Who commits
 * has prepared, and takes that along until its checkpoint covers the place, or a later view has prepared it (V1).
 */
export interface Concealment {
  readonly culprit: ReplicaId;
  readonly kind: 'concealment';
  /** The view that it asks for. */
  readonly view: View;
  readonly sequence: SequenceNumber;
  readonly digests: readonly [Digest, Digest];
  readonly messages: readonly [Signed<Commit>, Signed<ViewChange>];
}

/** The concealment that a verified COMMIT and a verified VIEW-CHANGE prove. */
export function concealment(
  c: Configuration,
  commit: Signed<Commit>,
  viewChange: Signed<ViewChange>,
): Concealment | undefined {
  const { signer, body } = commit;
  const { nextView, stable, prepared } = viewChange.body;
  if (signer !== viewChange.signer || !isMember(c, signer)) return undefined;
  const places = prepared.map(({ prePrepare }) => prePrepare.body);
  if (!isHidden(body, { view: nextView, stable, prepared: places })) return undefined;
  return {
    culprit: replicaId(signer),
    kind: 'concealment',
    view: nextView,
    sequence: body.sequence,
    digests: [body.digest, digestOfViewChange(c, viewChange.body)],
    messages: [commit, viewChange],
  };
}

/** What agreement has come to at a place. */
interface Place {
  readonly view: number;
  readonly sequence: number;
  readonly digest: string;
}

/** A VIEW-CHANGE by what it says: the view it is for, h, and P without its signatures. */
interface Baggage {
  readonly view: number;
  readonly stable: number;
  readonly prepared: readonly Place[];
}

/** Whether a VIEW-CHANGE says nothing of what its signer must have prepared to commit a place in an earlier view. */
export function isHidden(committed: Place, { view, stable, prepared }: Baggage): boolean {
  if (committed.view >= view || committed.sequence <= stable) return false;
  return !prepared.some(
    (place) =>
      place.sequence === committed.sequence &&
      (place.view > committed.view ||
        (place.view === committed.view && place.digest === committed.digest)),
  );
}
