import { isTwin } from '#core/network/process-order.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

type Clock = Map<string, number>;

/** The expression that reads such a log in ShiViz. */
const shivizExpression = String.raw`(?<host>\S+) (?<clock>\{.*\})\n(?<event>.*)`;

/**
 * A trace as a log for ShiViz: what each process did, with vector clocks that follow from the
 * messages. Each event takes two lines; the first line of the log is the expression that reads it.
 */
export function formatShiviz(trace: readonly TraceEvent[]): string {
  const clocks = new Map<ProcessId, Clock>();
  const sent = new Map<number, Clock>();
  const lines = [shivizExpression, ''];
  for (const event of trace) {
    const { process } = event;
    if (process === undefined || event.lost === true) continue;
    const clock = clocks.get(process) ?? new Map<string, number>();
    clocks.set(process, clock);
    if (event.type === 'delivered') merge(clock, sent.get(event.message));
    const host = hostOf(process);
    clock.set(host, (clock.get(host) ?? 0) + 1);
    if (event.type === 'sent') sent.set(event.message, new Map(clock));
    lines.push(
      `${host} ${JSON.stringify(Object.fromEntries(clock))}`,
      `${event.atMs} ms ${textOf(event)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function merge(clock: Clock, other: Clock | undefined): void {
  for (const [host, time] of other ?? []) clock.set(host, Math.max(time, clock.get(host) ?? 0));
}

function hostOf(process: ProcessId): string {
  return typeof process === 'number'
    ? `replica-${process}`
    : `${isTwin(process) ? 'twin' : 'client'}-${process}`;
}

function textOf(event: TraceEvent): string {
  if (event.type === 'sent') return `sends ${event.header.kind.toUpperCase()} to ${event.to}`;
  if (event.type === 'delivered')
    return `gets ${event.header.kind.toUpperCase()} from ${event.from}`;
  const { id: _id, atMs: _at, process: _process, type, ...about } = event;
  return `${type} ${JSON.stringify(about)}`;
}
