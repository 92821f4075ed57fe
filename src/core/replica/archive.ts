'use persistent';

import type { DecisionHoldings } from '#core/pbft/status-answer.ts';
import type { SequenceNumber } from '#core/pbft/terms.ts';
import { PersistentMap } from '#core/persistent/index.ts';

/** A decided place with its body, and when it was last worth news, in ms. */
export interface Archived extends DecisionHoldings {
  readonly changedMs: number;
}

/** Body and commit certificate of the last L places up to the low watermark: only for the repair of others. */
export class Archive {
  readonly decisions = new PersistentMap<SequenceNumber, Archived>();

  /** Lets go of all places up to `sequence`. */
  discard(sequence: number): void {
    for (const archived of this.decisions.keys()) {
      if (archived <= sequence) this.decisions.delete(archived);
    }
  }
}
