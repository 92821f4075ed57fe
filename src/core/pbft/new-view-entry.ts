import type { NewViewOrder } from './new-view.ts';
import type { Standing } from './standing.ts';
import { isInWindow } from './standing.ts';
import type { SequenceNumber } from './terms.ts';
import { sequenceNumber } from './terms.ts';

/**
 * Whether a replica may vote at `sequence` in a view that began at min-s (pbft.md 1.10): above min-s, and in
 * the window above its own stable checkpoint. That is the window which its next VIEW-CHANGE can report: a
 * vote above it could commit what the next view then omits.
 */
export function mayVoteAt(
  standing: Standing,
  { minSequence }: Pick<NewViewOrder, 'minSequence'>,
  sequence: SequenceNumber,
): boolean {
  return sequence > minSequence && isInWindow(standing, sequence);
}

/** Whether a replica lacks the state with which the view begins: it fetches it (pbft.md 1.10). */
export function lacksState(
  { lastExecuted }: Pick<Standing, 'lastExecuted'>,
  { minSequence }: Pick<NewViewOrder, 'minSequence'>,
): boolean {
  return lastExecuted < minSequence;
}

/** The primary's first free place: above O, above what is stable, executed, or voted for in this view. */
export function nextSequenceIn(
  { lowWatermark, lastExecuted, fixedUpTo }: Standing,
  voted: Iterable<SequenceNumber> = [],
): SequenceNumber {
  const last = Math.max(lowWatermark, lastExecuted, fixedUpTo ?? 0, ...voted);
  return sequenceNumber(last + 1);
}
