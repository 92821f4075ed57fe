import type { Configuration } from './configuration.ts';
import { quorumsIn } from './configuration.ts';
import type { Signed, ViewChange } from './message.ts';
import { distinctViewChanges } from './new-view.ts';
import type { Standing } from './standing.ts';
import type { View } from './terms.ts';
import { view } from './terms.ts';

/**
 * The view to ask for because f + 1 others ask for views above mine (pbft.md 1.12 T3): the smallest of
 * theirs. At least one of them is correct; the largest may be the claim of a faulty one.
 */
export function viewToJoin(
  { configuration, id, view, phase }: Standing,
  viewChanges: Iterable<Signed<ViewChange>>,
): View | undefined {
  if (phase === 'learner') return undefined;
  const above = distinctViewChanges(configuration, viewChanges)
    .filter(({ body }) => body.replica !== id && body.nextView > view)
    .map(({ body }) => body.nextView)
    .sort((a, b) => a - b);
  return above.length >= quorumsIn(configuration).weak ? above[0] : undefined;
}

/**
 * Whether Q replicas, this one among them, ask for `wanted` or a view above it (T2): only then does the timer
 * of the view change start, so that a replica does not outrun those who will answer it.
 */
export function hasQuorumToward(
  { configuration, id }: Pick<Standing, 'configuration' | 'id'>,
  wanted: View,
  viewChanges: Iterable<Signed<ViewChange>>,
): boolean {
  const toward = distinctViewChanges(configuration, viewChanges).filter(
    ({ body }) => body.nextView >= wanted,
  );
  const asksItself = toward.some(({ body }) => body.replica === id);
  return asksItself && toward.length >= quorumsIn(configuration).quorum;
}

/** The most doublings of the timer. */
const doublingsMax = 16;

/**
 * T(v') (T2): how long a replica waits for view `wanted` to execute something. Doubles with every view since
 * `active`, the last view in which a request that it did not know executed.
 */
export function viewChangeTimerMs(
  { viewChangeTimeoutMs }: Configuration,
  wanted: View,
  active: View,
): number {
  const doublings = Math.min(Math.max(0, wanted - active - 1), doublingsMax);
  return viewChangeTimeoutMs * 2 ** doublings;
}

/**
 * Whether the request timer may run (T2): in view 0, or once a new request has executed in the current view.
 * Before that the timer of the view change is the one that counts, at its doubled length.
 */
export function mayTimeRequests(
  { view: current, phase }: Pick<Standing, 'view' | 'phase'>,
  active: View,
): boolean {
  return phase === 'normal' && (current === 0 || active === current);
}

/** v + 1: the view to ask for when the current one, or the one that is wanted, has failed. */
export function viewAfter(current: View): View {
  return view(current + 1);
}
