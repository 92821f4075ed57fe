import { quorumsIn } from '#core/pbft/configuration.ts';
import { highWatermark } from '#core/pbft/standing.ts';
import type { Digest, ReplicaId } from '#core/pbft/terms.ts';

import type { Claims } from './checkpoints.ts';
import type { Waiting } from './inspection.ts';
import type { Replica } from './replica.ts';
import type { Slot } from './slot.ts';

/** Why nothing happens: for each place that is not executed, and for the primary, what is missing. */
export function waitingIn(replica: Replica): readonly Waiting[] {
  const slots = [...replica.slots.values()]
    .filter(({ sequence }) => sequence > replica.lastExecuted)
    .sort((a, b) => a.sequence - b.sequence);
  return [
    ...slots.map((slot) => ({ sequence: slot.sequence, text: missingIn(replica, slot) })),
    ...[...replica.checkpoints.claims.values()]
      .filter(({ own, stable }) => own !== undefined && !stable.settled)
      .map((claims) => ({ sequence: claims.sequence, text: missingClaims(replica, claims) })),
    ...proposalsHeldBack(replica),
    ...missingForView(replica),
  ];
}

/** Only of a replica that changes views. */
function missingForView(replica: Replica): readonly Waiting[] {
  const { phase, view, viewChanges } = replica;
  if (phase !== 'changing-view') return [];
  const asking = [...viewChanges.values()].filter(({ body }) => body.nextView >= view);
  const missing = quorumsIn(replica.configuration).quorum - asking.length;
  const silent = everyone(replica).filter((i) => !asking.some(({ body }) => body.replica === i));
  if (missing <= 0) return [{ text: `needs the NEW-VIEW of primary ${replica.primary()}` }];
  const plural = missing === 1 ? 'VIEW-CHANGE' : 'VIEW-CHANGEs';
  return [
    { text: `needs ${missing} more ${plural} for view ${view} from replica ${orList(silent)}` },
  ];
}

function missingIn(replica: Replica, slot: Slot): string {
  const { quorum } = quorumsIn(replica.configuration);
  const decision = slot.decision.value;
  const accepted = slot.proposal.value;
  if (decision !== undefined) {
    return replica.bodies.get(decision.digest) === undefined
      ? `is decided and needs the batch with digest ${short(decision.digest)}`
      : `is decided and waits until ${slot.sequence - 1} is executed`;
  }
  if (replica.phase === 'changing-view') return `waits for view ${replica.view} to begin`;
  if (accepted === undefined && slot.header !== undefined) {
    return `needs the batch with digest ${short(slot.header.body.digest)}`;
  }
  if (accepted === undefined) return `needs the PRE-PREPARE of primary ${replica.primary()}`;
  const { digest } = accepted.body;
  if (slot.prepared.settled) {
    return needs('COMMIT', quorum, digest, votesFor(slot.commits, digest), everyone(replica));
  }
  const backups = everyone(replica).filter((i) => i !== replica.primary());
  return needs('PREPARE', quorum - 1, digest, votesFor(slot.prepares, digest), backups);
}

function missingClaims(replica: Replica, { own, bySigner }: Claims): string {
  const { quorum } = quorumsIn(replica.configuration);
  if (own === undefined) return 'needs its own CHECKPOINT';
  const { digest } = own.body;
  return needs('CHECKPOINT', quorum, digest, votesFor(bySigner, digest), everyone(replica));
}

/** Only of a primary with something to propose. */
function proposalsHeldBack(replica: Replica): readonly Waiting[] {
  if (!replica.isPrimary() || replica.queue.proposable().length === 0) return [];
  const { nextSequence, configuration } = replica;
  if (nextSequence > highWatermark(replica)) {
    return [
      { text: `cannot propose ${nextSequence}: the window ends at ${highWatermark(replica)}` },
    ];
  }
  return [
    {
      text: `cannot propose ${nextSequence}: ${configuration.pipeline} batches are proposed and not executed`,
    },
  ];
}

interface Voters {
  readonly voted: readonly ReplicaId[];
  readonly counting: readonly ReplicaId[];
}

function votesFor(
  votes: ReadonlyMap<ReplicaId, { readonly body: { readonly digest: Digest } }>,
  digest: Digest,
): Voters {
  const voted = [...votes.keys()];
  return { voted, counting: voted.filter((i) => votes.get(i)?.body.digest === digest) };
}

function needs(
  what: string,
  needed: number,
  digest: Digest,
  { voted, counting }: Voters,
  voters: readonly ReplicaId[],
): string {
  const missing = needed - counting.length;
  const possible = voters.filter((i) => !voted.includes(i));
  const plural = missing === 1 ? what : `${what}s`;
  const from =
    possible.length === 0 ? 'nobody is left to send' : `from replica ${orList(possible)}`;
  return `needs ${missing} more ${plural} with digest ${short(digest)} ${from}`;
}

function everyone(replica: Replica): readonly ReplicaId[] {
  return [replica.id, ...replica.others()].sort((a, b) => a - b);
}

function orList(names: readonly number[]): string {
  const last = names.at(-1);
  return names.length < 2 ? `${last}` : `${names.slice(0, -1).join(', ')} or ${last}`;
}

function short(digest: Digest): string {
  return `${digest.slice(0, 4)}…`;
}
