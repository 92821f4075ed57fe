'use persistent';

import type { Checkpoint, Signed } from '#core/pbft/message.ts';
import type { StableCheckpoint } from '#core/pbft/stable-checkpoint.ts';
import type { StateContent } from '#core/pbft/state-tree.ts';
import type { ReplicaId, SequenceNumber } from '#core/pbft/terms.ts';
import { Awaitable, Condition, PersistentMap } from '#core/persistent/index.ts';

/** What replicas claim about the state after one sequence number. */
export class Claims {
  readonly sequence: SequenceNumber;
  /** This replica's own, once it has executed that far. */
  own: Signed<Checkpoint> | undefined = undefined;
  /** Whether this replica had told another digest before: its state was corrupt then. */
  isRetracted = false;
  /** The first CHECKPOINT of each replica, this one's included. */
  readonly bySigner = new PersistentMap<ReplicaId, Signed<Checkpoint>>();
  /** Q CHECKPOINTs with one digest, this replica's among them. */
  readonly stable = new Awaitable<StableCheckpoint>();
  /** The state itself, for others to fetch. */
  content: StateContent | undefined = undefined;
  /** When this replica took its own, in ms. */
  takenMs = 0;

  constructor(sequence: SequenceNumber) {
    this.sequence = sequence;
  }
}

/** Checkpoints above the low watermark, §4.3. */
export class Checkpoints {
  /** The proof of the low watermark; none for the initial state. */
  stable: StableCheckpoint | undefined = undefined;
  /** The state at the low watermark, for others to fetch. */
  content: StateContent | undefined = undefined;
  /** When it became stable, in ms. */
  stableMs = 0;
  readonly claims = new Map<SequenceNumber, Claims>();
  /** The latest claim of each replica above the high watermark: memory stays bounded whatever they claim. */
  readonly ahead = new Map<ReplicaId, Signed<Checkpoint>>();

  /** Somebody has claimed something. */
  readonly claimed = new Condition();

  /** Every CHECKPOINT above the low watermark. */
  allClaims(): readonly Signed<Checkpoint>[] {
    const inWindow = [...this.claims.values()].flatMap(({ bySigner }) => [...bySigner.values()]);
    return [...inWindow, ...this.ahead.values()];
  }

  /** All states that are kept here. */
  contents(): readonly StateContent[] {
    return [this.content, ...[...this.claims.values()].map(({ content }) => content)].filter(
      (content) => content !== undefined,
    );
  }

  /** The state after a checkpoint that is kept here. */
  contentAt(sequence: SequenceNumber): StateContent | undefined {
    if (this.stable?.sequence === sequence) return this.content;
    return this.claims.get(sequence)?.content;
  }

  /** The claims about the state after `sequence`. */
  at(sequence: SequenceNumber): Claims {
    const known = this.claims.get(sequence);
    if (known !== undefined) return known;
    const claims = new Claims(sequence);
    this.claims.set(sequence, claims);
    return claims;
  }

  /** Lets go of all claims up to a sequence number. */
  discard(sequence: SequenceNumber): void {
    for (const claimed of this.claims.keys()) {
      if (claimed <= sequence) this.claims.delete(claimed);
    }
  }
}
