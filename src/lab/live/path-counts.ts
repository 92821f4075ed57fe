/** What one operation costs on the fault-free path, pbft.md 5.1; retransmissions and STATUS come on top. */
export interface PathCounts {
  readonly messages: number;
  readonly signatures: number;
  readonly verifications: number;
  /** The least: one before what a replica says first, one before its COMMIT. Commits in a group can be fewer. */
  readonly commits: number;
}

/** A cluster and the batch that the counts are for. */
export interface PathShape {
  readonly n: number;
  /** b: requests in a batch; a mean may be no whole number. */
  readonly batch: number;
  /** K: a checkpoint every K batches. */
  readonly checkpointInterval: number;
}

/** M(n, b) and what belongs to it, with checkpoints: everything signed, everything verified by whoever receives it. */
export function pathCounts({ n, batch, checkpointInterval }: PathShape): PathCounts {
  const toOthers = n * (n - 1);
  const checkpointed = batch * checkpointInterval;
  return {
    messages: (2 * toOthers) / batch + 1 + n + toOthers / checkpointed,
    signatures: (2 * n) / batch + 1 + n + n / checkpointed,
    verifications: (2 * toOthers) / batch + 2 * n + toOthers / checkpointed,
    commits: (2 * n) / batch,
  };
}
