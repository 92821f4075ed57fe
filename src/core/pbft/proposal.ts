import type { Configuration } from './configuration.ts';
import type { Batch, Request, Signed } from './message.ts';
import { primaryOf } from './quorum.ts';
import type { Standing } from './standing.ts';
import { highWatermark } from './standing.ts';
import type { SequenceNumber } from './terms.ts';

/** Whether this replica leads its view. */
export function isPrimary({ configuration, id, view }: Standing): boolean {
  return primaryOf(view, configuration.n) === id;
}

/**
 * Whether the primary may propose at `next` (pbft.md 1.7): in phase normal, up to H, and with at most W
 * batches proposed but not executed.
 */
export function canPropose(standing: Standing, next: SequenceNumber): boolean {
  return (
    isPrimary(standing) &&
    standing.phase === 'normal' &&
    next <= highWatermark(standing) &&
    next - standing.lastExecuted <= standing.configuration.pipeline
  );
}

/** The primary's choice: what waits, first come first served, as much as a batch may hold. Undefined if nothing waits. */
export function chooseBatch(
  c: Configuration,
  waiting: Iterable<Signed<Request>>,
): Batch | undefined {
  const batch: Signed<Request>[] = [];
  for (const request of waiting) {
    if (batch.length === c.batchMax) break;
    batch.push(request);
  }
  return batch.length > 0 ? batch : undefined;
}
