import type { TraceEvent } from '#core/network/trace-event.ts';

import { Recent } from './recent.ts';

/** What a correct replica executed at one sequence number. */
export interface AgreedBatch {
  readonly digest: string;
  readonly operations: Extract<TraceEvent, { readonly type: 'executed' }>['operations'];
  readonly event: number;
}

/** The agreed sequence: what the first correct replica to reach each sequence number executed there. */
export class AgreedLog {
  private readonly batches: Recent<number, AgreedBatch>;

  constructor(limit = Infinity) {
    this.batches = new Recent(limit);
  }

  /** Files an execution by a correct replica; the batch that stands at its sequence number. */
  file(event: Extract<TraceEvent, { readonly type: 'executed' }>): AgreedBatch {
    const known = this.batches.get(event.sequence);
    if (known !== undefined) return known;
    const { digest, operations, id } = event;
    const batch = { digest, operations, event: id };
    this.batches.set(event.sequence, batch);
    return batch;
  }

  /** The batches from 1 on, up to `last`, as far as they are known without a gap. */
  upTo(last: number): readonly AgreedBatch[] {
    const batches: AgreedBatch[] = [];
    for (let sequence = 1; sequence <= last; sequence++) {
      const batch = this.batches.get(sequence);
      if (batch === undefined) break;
      batches.push(batch);
    }
    return batches;
  }
}
