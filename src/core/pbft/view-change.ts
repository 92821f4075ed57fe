import type { PreparedCertificate } from './certificate.ts';
import { preparedCertificateRejection } from './certificate.ts';
import type { Configuration } from './configuration.ts';
import type { PreparedProof, Signed, ViewChange } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { StableCheckpoint } from './stable-checkpoint.ts';
import { stableCheckpointRejection } from './stable-checkpoint.ts';
import type { ReplicaId, SequenceNumber, View } from './terms.ts';
import { sequenceNumber } from './terms.ts';

/** What a replica takes along into the next view. */
export interface Baggage {
  readonly replica: ReplicaId;
  /** The stable checkpoint of h; none at h = 0. */
  readonly stable: StableCheckpoint | undefined;
  /** Everything that ever prepared here above h, in whatever view: several of one place are allowed. */
  readonly prepared: Iterable<PreparedCertificate>;
}

/**
 * ⟨VIEW-CHANGE, v+1, n, C, P, i⟩, §4.4. P has, of each place in the window, the certificate of the highest
 * view, even if a later view pre-prepared the place and did not prepare it: it may have been committed.
 */
export function viewChangeOf(
  { logSize }: Configuration,
  nextView: View,
  { replica, stable, prepared }: Baggage,
): ViewChange {
  const low = stable?.sequence ?? sequenceNumber(0);
  const highest = new Map<SequenceNumber, PreparedCertificate>();
  for (const certificate of prepared) {
    const { sequence, view } = certificate.prePrepare.body;
    const known = highest.get(sequence);
    if (sequence <= low || sequence > low + logSize) continue;
    if (!known || known.prePrepare.body.view < view) highest.set(sequence, certificate);
  }
  return {
    type: 'view-change',
    nextView,
    stable: low,
    checkpoints: stable?.checkpoints ?? [],
    prepared: [...highest.values()]
      .map(({ prePrepare, prepares }) => ({ prePrepare, prepares }))
      .sort((a, b) => a.prePrepare.body.sequence - b.prePrepare.body.sequence),
    replica,
  };
}

/**
 * Why a VIEW-CHANGE proves nothing, its signatures apart (pbft.md 1.5). One invalid certificate refuses the
 * whole: it is its sender's fault, and touches nobody else's VIEW-CHANGE.
 */
export function viewChangeRejection(
  c: Configuration,
  viewChange: ViewChange,
): Rejection | undefined {
  if (!provesStable(c, viewChange)) return 'bad-checkpoint-proof';
  const sound = viewChange.prepared.every(
    (proof, i) => isInPlace(c, viewChange, i) && !preparedCertificateRejection(c, proof),
  );
  return sound ? undefined : 'bad-prepared-proof';
}

/** The stable checkpoint that a valid VIEW-CHANGE proves; none at zero. */
export function stableOf({ body }: Signed<ViewChange>): StableCheckpoint | undefined {
  const digest = body.checkpoints[0]?.body.digest;
  if (digest === undefined) return undefined;
  return { sequence: body.stable, digest, checkpoints: body.checkpoints };
}

/** C is Q CHECKPOINTs for h exactly, of different replicas, with one digest; for zero it is empty. */
function provesStable(c: Configuration, { stable, checkpoints }: ViewChange): boolean {
  const digest = checkpoints[0]?.body.digest;
  if (digest === undefined) return stable === 0;
  return stableCheckpointRejection(c, { sequence: stable, digest, checkpoints }) === undefined;
}

/** One entry for a place, rising within the window of its sender, of a view before the next. */
function isInPlace({ logSize }: Configuration, viewChange: ViewChange, i: number): boolean {
  const { nextView, stable, prepared } = viewChange;
  const entry = headerAt(prepared, i);
  if (!entry) return false;
  const before = headerAt(prepared, i - 1)?.sequence ?? stable;
  return entry.sequence > before && entry.sequence <= stable + logSize && entry.view < nextView;
}

function headerAt(
  prepared: readonly PreparedProof[],
  i: number,
): PreparedProof['prePrepare']['body'] | undefined {
  return prepared[i]?.prePrepare.body;
}
