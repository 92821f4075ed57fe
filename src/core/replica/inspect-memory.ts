import type { MemoryInspection } from './inspection.ts';
import type { Replica } from './replica.ts';

/** How much a replica keeps of everything that arrives. */
export function inspectMemory(replica: Replica): MemoryInspection {
  const { bodies, archive, prepared, early, checkpoints, evidence, viewChanges, queue } = replica;
  const slots = [...replica.slots.values()];
  const entries = [...viewChanges.values()].map(({ body }) => body.prepared.length);
  return {
    batches: bodies.held.size,
    awaitedBatches: bodies.wanted.size,
    archivedDecisions: archive.decisions.size,
    preparedCertificates: prepared.size,
    olderCommits: slots.reduce((sum, { olderCommits }) => sum + olderCommits.size, 0),
    earlyMessages: early.size,
    checkpointClaims: [...checkpoints.claims.values()].reduce(
      (sum, { bySigner }) => sum + bySigner.size,
      0,
    ),
    claimsAhead: checkpoints.ahead.size,
    proofs: evidence.proofs.size,
    viewChanges: viewChanges.size,
    viewChangeEntries: Math.max(0, ...entries),
    proposedRequests: queue.proposed.size,
    repeatedReplies: replica.repeatedMs.size,
    resentMessages: replica.resentMs.size,
  };
}
