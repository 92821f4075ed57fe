import { matches, type Carries, type Envelope } from '#core/network/match.ts';
import { clientProcess, twinOf } from '#core/network/process-order.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Report } from '#core/replica/report.ts';

import type { Condition } from './scenario.ts';

/** One thing that a turn did, told before its commit. */
export type Act =
  | { readonly kind: 'turn'; readonly process: ProcessId; readonly turn: number }
  | { readonly kind: 'report'; readonly process: ProcessId; readonly report: Report }
  | {
      readonly kind: 'sent' | 'delivered';
      readonly process: ProcessId;
      readonly envelope: Envelope;
    };

/** The process that a condition speaks of, if it speaks of one. */
export function processIn(condition: Condition): ProcessId | undefined {
  if ('replica' in condition) return condition.replica;
  if ('twin' in condition) return twinOf(condition.twin);
  if ('client' in condition) return clientProcess(condition.client);
  return undefined;
}

/** Whether `act` makes the condition true. `quiet` is no single act. */
export function isMetBy(condition: Condition, act: Act, carries: Carries): boolean {
  if ('sent' in condition) {
    return act.kind === 'sent' && matches(condition.sent, act.envelope, carries);
  }
  if ('delivered' in condition) {
    return act.kind === 'delivered' && matches(condition.delivered, act.envelope, carries);
  }
  if ('quiet' in condition || act.process !== processIn(condition)) return false;
  if ('turn' in condition) return act.kind === 'turn' && act.turn === condition.turn;
  return act.kind === 'report' && isMetByReport(condition, act.report);
}

function isMetByReport(condition: Condition, report: Report): boolean {
  if ('reaches' in condition) {
    return (
      report.type === condition.reaches &&
      (condition.sequence === undefined ||
        ('sequence' in report && report.sequence === condition.sequence)) &&
      (condition.view === undefined || ('view' in report && report.view === condition.view))
    );
  }
  if ('executed' in condition) {
    return executedAfter(report) >= condition.executed;
  }
  if ('answered' in condition) {
    return report.type === 'answered' && report.index + 1 >= condition.answered;
  }
  if ('view' in condition) return isOfOwnView(report) && report.view >= condition.view;
  return false;
}

/** What only a replica in that view says. */
function isOfOwnView(
  report: Report,
): report is Extract<Report, { readonly type: 'new-view' | 'pre-prepared' | 'prepared' }> {
  return report.type === 'new-view' || report.type === 'pre-prepared' || report.type === 'prepared';
}

/** Whether the condition holds before anything has happened. */
export function holdsAtStart(condition: Condition): boolean {
  if ('view' in condition && !('reaches' in condition)) return condition.view === 0;
  if ('executed' in condition) return condition.executed === 0;
  if ('answered' in condition) return condition.answered === 0;
  return false;
}

/** What an event of the trace says about conditions. */
export function actOf(event: TraceEvent): Act | undefined {
  const { process } = event;
  if (process === undefined || event.lost === true) return undefined;
  if (event.type === 'sent') {
    return {
      kind: 'sent',
      process,
      envelope: { from: process, to: event.to, header: event.header },
    };
  }
  if (event.type === 'delivered') {
    const { from, header } = event;
    return { kind: 'delivered', process, envelope: { from, to: process, header } };
  }
  if (event.type === 'persisted') return { kind: 'turn', process, turn: event.turn };
  return isReport(event) ? { kind: 'report', process, report: event } : undefined;
}

const reportTypes: ReadonlySet<string> = new Set<Report['type']>([
  'rejected',
  'counted',
  'pre-prepared',
  'prepared',
  'committed',
  'executed',
  'checkpoint',
  'stable',
  'queued',
  'evidence',
  'submitted',
  'requested',
  'retransmitted',
  'answered',
  'recovered',
  'misbehaved',
  'view-change',
  'new-view',
  'timing',
  'learner',
  'quarantined',
  'state-transfer',
]);

function isReport(event: TraceEvent): event is Extract<TraceEvent, Report> {
  return reportTypes.has(event.type);
}

/** How many operations a replica reflects after what it reports; a state that it installed counts whole. */
function executedAfter(report: Report): number {
  if (report.type === 'executed') return report.executed;
  return report.type === 'state-transfer' ? (report.executed ?? 0) : 0;
}
