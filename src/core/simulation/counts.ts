import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import { Recent } from './checkers/recent.ts';
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
  const tally = new Tally();
  for (const event of events) tally.observe(event, isCorrect);
  return tally.counts;
}

/** The counts of a run while it goes on. */
export class Tally {
  private readonly sums: Record<Count, number> = {
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
  private readonly decided: Recent<number, true>;

  constructor(limit = Infinity) {
    this.decided = new Recent(limit);
  }

  get counts(): Counts {
    return { ...this.sums };
  }

  observe(event: TraceEvent, isCorrect: (process: ProcessId) => boolean): void {
    if (event.lost === true) return;
    const { sums } = this;
    const count = countOf[event.type];
    if (count !== undefined) sums[count]++;
    if (event.type === 'state-transfer' && event.deed === 'installed') sums.stateTransfers++;
    if (event.type === 'sent' && event.copyOf !== undefined) sums.duplicated++;
    const { process } = event;
    if (event.type !== 'committed' || process === undefined || !isCorrect(process)) return;
    if (!this.decided.has(event.sequence)) sums.decided++;
    this.decided.set(event.sequence, true);
  }
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
