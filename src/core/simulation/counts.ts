import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import type { Verdict } from './scenario.ts';

type Counts = Verdict['counts'];
type Count = keyof Counts;

/**
 * How often everything happened, lost events left out. `decided` counts sequence numbers that a correct
 * replica has committed, `checkpoints`, `stable`, `viewChanges` and `newViews` what each replica took, saw become stable, asked for and entered.
 */
export function countsOf(
  events: readonly TraceEvent[],
  isCorrect: (process: ProcessId) => boolean,
): Counts {
  const counts: Record<Count, number> = {
    sent: 0,
    delivered: 0,
    dropped: 0,
    duplicated: 0,
    rejected: 0,
    decided: 0,
    viewChanges: 0,
    newViews: 0,
    checkpoints: 0,
    stable: 0,
    stateTransfers: 0,
    crashes: 0,
    restarts: 0,
    commits: 0,
    byzantineActions: 0,
    evidence: 0,
  };
  const decided = new Set<number>();
  for (const event of events) {
    if (event.lost === true) continue;
    const count = countOf[event.type];
    if (count !== undefined) counts[count]++;
    if (event.type === 'state-transfer' && event.deed === 'installed') counts.stateTransfers++;
    if (event.type === 'sent' && event.copyOf !== undefined) counts.duplicated++;
    const { process } = event;
    if (event.type === 'committed' && process !== undefined && isCorrect(process)) {
      decided.add(event.sequence);
    }
  }
  return { ...counts, decided: decided.size };
}

const countOf: Partial<Record<TraceEvent['type'], Count>> = {
  sent: 'sent',
  delivered: 'delivered',
  dropped: 'dropped',
  rejected: 'rejected',
  checkpoint: 'checkpoints',
  stable: 'stable',
  crashed: 'crashes',
  restarted: 'restarts',
  persisted: 'commits',
  misbehaved: 'byzantineActions',
  evidence: 'evidence',
  'view-change': 'viewChanges',
  'new-view': 'newViews',
};
