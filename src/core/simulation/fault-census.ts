import { clientOf } from '#core/network/process-order.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';

/** How often each class of fault has happened, over any number of runs. */
export class FaultCensus {
  private readonly counts = new Map<string, number>();

  /** Adds what happened in a run, lost turns included: a crash that loses a turn is a fault too. */
  add(trace: readonly TraceEvent[]): void {
    for (const event of trace) {
      for (const fault of faultsIn(event)) {
        this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
      }
    }
  }

  /** How often a class of fault has happened. */
  of(fault: string): number {
    return this.counts.get(fault) ?? 0;
  }

  /** Every class by name, those among `expected` that never happened with a zero. */
  table(expected: readonly string[] = []): Readonly<Record<string, number>> {
    const names = new Set([...expected, ...this.counts.keys()]);
    return Object.fromEntries([...names].toSorted().map((name) => [name, this.of(name)]));
  }
}

/** What goes by the name of its event. */
const named: ReadonlySet<TraceEvent['type']> = new Set([
  'quarantined',
  'held',
  'delayed',
  'paused',
  'new-view',
]);

function faultsIn(event: TraceEvent): readonly string[] {
  const { type } = event;
  if (type === 'misbehaved') {
    const { process } = event;
    const isOfClient = process !== undefined && clientOf(process) !== undefined;
    const kind = isOfClient ? 'byzantine client' : 'byzantine';
    return [`${kind}: ${event.behaviour}`];
  }
  if (type === 'crashed') return [`crash: ${event.point}`];
  if (type === 'restarted') return [`disk: ${event.disk}`];
  if (type === 'dropped') return [`dropped: ${event.reason}`];
  if (type === 'sent') return event.copyOf === undefined ? [] : ['duplicated'];
  if (type === 'view-change') return [`view change: ${event.cause}`];
  if (type === 'learner') return [`learner: ${event.why}`];
  if (type === 'state-transfer') return [`state transfer: ${event.deed}`];
  if (type === 'partitioned') {
    return [event.groups.length > 0 ? 'partition: groups' : 'partition: one-way'];
  }
  return named.has(type) ? [type] : [];
}
