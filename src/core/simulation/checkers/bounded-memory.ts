import type { Configuration } from '#core/pbft/configuration.ts';
import type { MemoryInspection, ReplicaInspection } from '#core/replica/inspection.ts';

import type { Checker } from './checker.ts';

/** The most proofs against one replica. */
const proofsMax = 16;

type Bound = readonly [what: string, size: number, most: number];

/** I16: what a correct replica keeps is bounded by n, L and the number of clients, whatever arrives. */
export function boundedMemory(): Checker {
  return {
    invariant: 'bounded-memory',
    examine({ process, inspection }, cast) {
      if (inspection.kind !== 'replica' || !cast.isCorrect(process)) return undefined;
      const broken = boundsOf(inspection, cast.configuration).find(([, size, most]) => size > most);
      if (broken === undefined) return undefined;
      const [what, size, most] = broken;
      return { says: `replica ${process} keeps ${size} ${what}, more than ${most}`, evidence: [] };
    },
  };
}

function boundsOf(inspection: ReplicaInspection, c: Configuration): readonly Bound[] {
  const { n, clients, logSize } = c;
  const { memory } = inspection;
  const most = mostOf(inspection, c);
  return [
    ['slots', inspection.slots.length, logSize],
    ['pending requests', inspection.pending.length, clients],
    ['entries of the client table', inspection.clientTable.length, clients],
    // One claim per signer beyond the window, and every digest of n signers within it.
    ['checkpoints', inspection.checkpoints.length, n * (checkpointsIn(c) + 1)],
    ['votes', votesIn(inspection.slots), 2 * n * logSize],
    ['batches', memory.batches, most.batches],
    ['batches that it waits for', memory.awaitedBatches, most.awaitedBatches],
    ['decisions in its archive', memory.archivedDecisions, most.archivedDecisions],
    ['prepared certificates', memory.preparedCertificates, most.preparedCertificates],
    ['COMMITs of older views', memory.olderCommits, most.olderCommits],
    ['early messages', memory.earlyMessages, most.earlyMessages],
    ['CHECKPOINTs', memory.checkpointClaims, most.checkpointClaims],
    ['CHECKPOINTs above its window', memory.claimsAhead, most.claimsAhead],
    ['proofs', memory.proofs, most.proofs],
    ['VIEW-CHANGEs', memory.viewChanges, most.viewChanges],
    ['entries of a VIEW-CHANGE', memory.viewChangeEntries, most.viewChangeEntries],
    ['proposed requests', memory.proposedRequests, most.proposedRequests],
    ['times of replies', memory.repeatedReplies, most.repeatedReplies],
    ['times of what was sent again', memory.resentMessages, most.resentMessages],
  ];
}

function mostOf({ view }: ReplicaInspection, c: Configuration): MemoryInspection {
  const { n, clients, logSize } = c;
  // Of a place: PRE-PREPARE, PREPAREs, COMMITs, the decision, a batch, in the window or the archive, in two views.
  const ofPlaces = 2 * (2 * logSize) * (2 * n + 3);
  return {
    // What it voted for it keeps until the place is stable: one batch of each view, and the decided one.
    batches: logSize * (view + 2),
    awaitedBatches: 2 * logSize,
    archivedDecisions: logSize,
    preparedCertificates: logSize,
    olderCommits: n * logSize,
    earlyMessages: 3 * n * logSize,
    checkpointClaims: n * checkpointsIn(c),
    claimsAhead: n,
    proofs: proofsMax * n,
    viewChanges: n,
    viewChangeEntries: logSize,
    proposedRequests: clients,
    repeatedReplies: clients,
    resentMessages: n * (ofPlaces + n * checkpointsIn(c) + 2 * n + 1),
  };
}

/** Places in a window where a checkpoint is taken, and one above it: that of an installed state. */
function checkpointsIn({ logSize, checkpointInterval }: Configuration): number {
  return Math.ceil(logSize / checkpointInterval) + 1;
}

function votesIn(slots: ReplicaInspection['slots']): number {
  return slots.reduce((sum, { prepares, commits }) => sum + prepares.length + commits.length, 0);
}
