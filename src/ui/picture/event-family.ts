import type { LifeEvent, NetworkEvent, RunEvent, TraceEvent } from '#core/network/trace-event.ts';
import type { Report } from '#core/replica/report.ts';

/** The events that concern a message. */
export type NetworkTraceEvent = Extract<TraceEvent, { type: NetworkEvent['type'] }>;

/** The events that concern the life of a process. */
export type LifeTraceEvent = Extract<TraceEvent, { type: LifeEvent['type'] }>;

/** The events of the scenario and of the checkers. */
export type RunTraceEvent = Extract<TraceEvent, { type: RunEvent['type'] }>;

/** What processes say about themselves. */
export type ReportTraceEvent = Extract<TraceEvent, { type: Report['type'] }>;

type Family = 'network' | 'life' | 'run' | 'report';

const families: Readonly<Record<TraceEvent['type'], Family>> = {
  sent: 'network',
  delivered: 'network',
  dropped: 'network',
  held: 'network',
  released: 'network',
  delayed: 'network',
  started: 'life',
  restarted: 'life',
  crashed: 'life',
  failed: 'life',
  paused: 'life',
  resumed: 'life',
  byzantine: 'life',
  doubled: 'life',
  parted: 'life',
  timer: 'life',
  persisted: 'life',
  command: 'run',
  partitioned: 'run',
  healed: 'run',
  said: 'run',
  unmet: 'run',
  violation: 'run',
  rejected: 'report',
  counted: 'report',
  'pre-prepared': 'report',
  prepared: 'report',
  committed: 'report',
  executed: 'report',
  checkpoint: 'report',
  stable: 'report',
  'view-change': 'report',
  'new-view': 'report',
  timing: 'report',
  learner: 'report',
  quarantined: 'report',
  'state-transfer': 'report',
  queued: 'report',
  evidence: 'report',
  submitted: 'report',
  requested: 'report',
  retransmitted: 'report',
  answered: 'report',
  recovered: 'report',
  misbehaved: 'report',
};

/** Whether the event concerns a message. */
export function isNetworkEvent(event: TraceEvent): event is NetworkTraceEvent {
  return families[event.type] === 'network';
}

/** Whether the event concerns the life of a process. */
export function isLifeEvent(event: TraceEvent): event is LifeTraceEvent {
  return families[event.type] === 'life';
}

/** Whether the scenario or a checker made the event. */
export function isRunEvent(event: TraceEvent): event is RunTraceEvent {
  return families[event.type] === 'run';
}

/** Whether a process said this about itself. */
export function isReportEvent(event: TraceEvent): event is ReportTraceEvent {
  return families[event.type] === 'report';
}
