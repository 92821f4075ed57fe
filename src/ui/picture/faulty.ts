import { identityOf } from '#core/network/process-order.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

/** Who counts among the faulty: was ever Byzantine, had a second instance, or came back from a disk that had lost a commit. */
export function faultyIn(told: readonly TraceEvent[]): ReadonlySet<ProcessId> {
  const faulty = new Set<ProcessId>();
  for (const event of told) {
    if (event.lost === true || event.process === undefined) continue;
    const isFault =
      event.type === 'doubled' ||
      (event.type === 'byzantine' && event.behaviour !== 'correct') ||
      (event.type === 'restarted' && event.disk !== 'kept');
    if (isFault) faulty.add(identityOf(event.process));
  }
  return faulty;
}
