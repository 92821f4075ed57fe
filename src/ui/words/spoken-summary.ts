import type { TraceEvent } from '#core/network/trace-event.ts';
import { refusalOf } from '#ui/picture/refusal.ts';

import { sentence } from './sentence.ts';

/** Events from the most to the least telling; those not named are said only when nothing else happened. */
const telling: readonly TraceEvent['type'][] = [
  'violation',
  'failed',
  'crashed',
  'restarted',
  'byzantine',
  'partitioned',
  'healed',
  'evidence',
  'learner',
  'new-view',
  'view-change',
  'said',
  'answered',
  'executed',
  'committed',
  'prepared',
  'pre-prepared',
  'stable',
  'state-transfer',
  'misbehaved',
  'rejected',
  'requested',
  'delivered',
  'sent',
];

/** One sentence for several events: the most telling of them, the latest if there are two. */
export function spokenSummary(events: readonly TraceEvent[]): string | undefined {
  let best: TraceEvent | undefined;
  for (const event of events) {
    if (best === undefined || rankOf(event) <= rankOf(best)) best = event;
  }
  return best === undefined ? undefined : sentence(best);
}

function rankOf(event: TraceEvent): number {
  // What was merely not needed any more is said only when nothing else happened.
  if (event.type === 'rejected' && refusalOf(event.reason) !== 'wrong') return telling.length;
  const rank = telling.indexOf(event.type);
  return rank === -1 ? telling.length : rank;
}
