'use persistent';

import type { View } from '#core/pbft/terms.ts';
import {
  hasQuorumToward,
  mayTimeRequests,
  viewAfter,
  viewChangeTimerMs,
} from '#core/pbft/view-timing.ts';
import { any, now, sleep } from '#core/persistent/index.ts';

import { report } from './outbox.ts';
import type { Replica } from './replica.ts';
import { changeView } from './view-change.ts';

/** What a replica waits for with a limit: the request at the head of its queue, or that a view shows itself alive. */
interface Timer {
  readonly timer: 'request' | 'view-change';
  /** As long as it stays the same, the timer runs on. */
  readonly about: string;
  readonly view: View;
  readonly ms: number;
}

/** A timer that runs. */
export interface RunningTimer extends Timer {
  readonly dueMs: number;
}

/**
 * Gives up the view when it has failed: when the one timer of a replica expires (pbft.md 1.12), and at once when its
 * primary is proven faulty.
 */
export async function watch(replica: Replica): Promise<void> {
  for (;;) {
    const { forsaken } = replica;
    if (forsaken !== undefined) changeView(replica, viewAfter(replica.view), forsaken);
    const timer = timerWanted(replica);
    if (timer === undefined) await replica.concern.changed();
    else await run(replica, timer);
  }
}

/**
 * The timer that has to run now. In the normal case it is bound to the request at the head of the queue (T1). In a
 * view that has not executed anything new yet it is that of the view change (T2), which begins when Q replicas want
 * the view and runs on through NEW-VIEW, as long as any request waits.
 */
function timerWanted(replica: Replica): Timer | undefined {
  const { phase, view, activeView, configuration, queue, viewChanges } = replica;
  const isUncertain = replica.recollection !== undefined;
  const isBusy = isUncertain || replica.forsaken !== undefined || replica.transfer !== undefined;
  if (phase === 'learner' || isBusy) return undefined;
  const head = queue.head();
  if (mayTimeRequests(replica, activeView)) {
    if (head === undefined || replica.isPrimary()) return undefined;
    const about = `request ${head.body.client} ${head.body.timestamp} in view ${view}`;
    return { timer: 'request', about, view, ms: configuration.requestTimeoutMs };
  }
  const isDue =
    phase === 'normal' ? head !== undefined : hasQuorumToward(replica, view, viewChanges.values());
  if (!isDue) return undefined;
  const ms = viewChangeTimerMs(configuration, view, activeView);
  return { timer: 'view-change', about: `view ${view}`, view, ms };
}

/** Runs until it expires or is about nothing any more. A restart, or a pause that hid its end, begins it anew. */
async function run(replica: Replica, timer: Timer): Promise<void> {
  const { view, ms } = timer;
  const late = sleep(ms);
  const dueMs = now() + ms;
  replica.timer = { ...timer, dueMs };
  tell(timer, 'started');
  while (timerWanted(replica)?.about === timer.about) {
    const outcome = await any({
      late,
      recovered: replica.recovered.changed(),
      news: replica.concern.changed(),
    });
    if (outcome.tag === 'recovered') break;
    if (outcome.tag === 'late') {
      if (now() - dueMs >= replica.configuration.resendMs) break;
      replica.timer = undefined;
      report({ type: 'timing', timer: timer.timer, deed: 'expired', view });
      return changeView(replica, viewAfter(view), 'timer');
    }
  }
  replica.timer = undefined;
  tell(timer, 'stopped');
}

/** Only the timer of the view change is worth telling of: a request timer runs for every request. */
function tell({ timer, view, ms }: Timer, deed: 'started' | 'stopped'): void {
  if (timer === 'request') return;
  report({ type: 'timing', timer, deed, view, ...(deed === 'started' && { ms }) });
}
