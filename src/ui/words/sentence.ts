import type {
  CrashPoint,
  DropReason,
  MessageHeader,
  TraceEvent,
} from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { EvidenceReport, Report } from '#core/replica/report.ts';
import {
  isLifeEvent,
  isNetworkEvent,
  isRunEvent,
  type LifeTraceEvent,
  type NetworkTraceEvent,
  type RunTraceEvent,
} from '#ui/picture/event-family.ts';
import { spokenName } from '#ui/picture/process-name.ts';
import { refusalOf } from '#ui/picture/refusal.ts';

import { operationText } from './operation-text.ts';
import { refusalWords } from './refusal-words.ts';
import { stepSentence } from './step-sentence.ts';
import { isViewReport, viewSentence, type ViewReport } from './view-sentence.ts';

/** One plain sentence for one event of a trace. */
export function sentence(event: TraceEvent): string {
  const said = sentenceOf(event);
  const whole = said.charAt(0).toUpperCase() + said.slice(1);
  return event.lost === true ? `${whole} The crash undid this: it was never written.` : whole;
}

function sentenceOf(event: TraceEvent): string {
  const who = event.process === undefined ? 'the network' : spokenName(event.process);
  if (isNetworkEvent(event)) return networkSentence(event, who);
  if (isLifeEvent(event)) return lifeSentence(event, who);
  if (isRunEvent(event)) return runSentence(event);
  if (isViewReport(event)) return viewSentence(event, who);
  return isProtocolReport(event) ? protocolSentence(event, who) : clientSentence(event, who);
}

function networkSentence(event: NetworkTraceEvent, who: string): string {
  switch (event.type) {
    case 'sent':
      return sentSentence(event, who);
    case 'delivered':
      return `${who} received ${messageName(event.header)} from ${spokenName(event.from)}.`;
    case 'dropped':
      return `a message from ${spokenName(event.from)} to ${spokenName(event.to)} was lost: ${dropReasons[event.reason]}.`;
    case 'held':
      return `message ${event.message} is held until somebody releases it.`;
    case 'released':
      return `message ${event.message} was released.`;
    case 'delayed':
      return `message ${event.message} was delayed; it arrives at ${event.arrivesAtMs} ms.`;
  }
}

function lifeSentence(event: LifeTraceEvent, who: string): string {
  switch (event.type) {
    case 'started':
      return `${who} started with an empty disk.`;
    case 'restarted':
      return `${who} restarted from its disk (incarnation ${event.incarnation}).`;
    case 'crashed':
      return `${who} crashed${crashPoints[event.point]}.`;
    case 'failed':
      return `${who} stopped: ${event.problem}`;
    case 'paused':
      return `${who} was paused.`;
    case 'resumed':
      return `${who} goes on.`;
    case 'byzantine':
      return byzantineSentence(event.behaviour, who);
    case 'doubled':
      return event.turn === undefined
        ? `${who} began beside it, with an empty disk.`
        : `${who} began beside it, with a copy of its disk.`;
    case 'parted':
      return `${who} is gone.`;
    case 'timer':
      return `a timer of ${who} fired.`;
    case 'persisted':
      return `${who} wrote turn ${event.turn} to its disk; only now may its messages leave.`;
  }
}

function runSentence(event: RunTraceEvent): string {
  switch (event.type) {
    case 'command':
      return stepSentence(event.step);
    case 'partitioned':
      return partitionSentence(event.groups, event.cuts.length);
    case 'healed':
      return 'the network is whole again.';
    case 'said':
      return `${event.title}: ${event.text}`;
    case 'unmet':
      return `expected, but not so: ${event.says}`;
    case 'violation':
      return `safety violated (${event.invariant}): ${event.says}`;
  }
}

function protocolSentence(report: ProtocolReport, who: string): string {
  switch (report.type) {
    case 'rejected':
      return `${who} ${refusalWords[refusalOf(report.reason)]}: ${report.reason.replaceAll('-', ' ')}${report.detail === undefined ? '' : ` (${report.detail})`}.`;
    case 'counted':
      return countedSentence(report, who);
    case 'pre-prepared':
      return `${who} accepted the PRE-PREPARE for sequence ${report.sequence} with digest ${shortDigest(report.digest)}.`;
    case 'prepared':
      return `${who} is prepared at sequence ${report.sequence}: no other request can be prepared there in view ${report.view}.`;
    case 'committed':
      return `${who} committed sequence ${report.sequence}: ${report.signers.length} signed COMMITs decide it for good.`;
    case 'executed':
      return `${who} executed sequence ${report.sequence}: ${report.operations.map(({ operation, result }) => `${operationText(operation)} → ${result}`).join('; ') || 'nothing to do'}.`;
    case 'checkpoint':
      return `${who} took a checkpoint at sequence ${report.sequence}.`;
    case 'stable':
      return `the checkpoint at sequence ${report.sequence} is stable at ${who}; older messages can go.`;
    case 'queued':
      return `${who} knows request ${report.timestamp} of client c${report.client} and waits for it to be ordered.`;
    case 'evidence':
      return evidenceSentence(report, who);
  }
}

function evidenceSentence(report: EvidenceReport, who: string): string {
  const { culprit, kind, view, sequence } = report;
  if (kind === 'concealment') {
    return `${who} holds proof against replica ${culprit}: it signed a COMMIT at sequence ${sequence}, and a VIEW-CHANGE for view ${view} that hides what prepared there.`;
  }
  const place = sequence === undefined ? `view ${view}` : `sequence ${sequence}`;
  return `${who} holds proof against replica ${culprit}: two signed ${kind.toUpperCase()}s for ${place} that contradict each other.`;
}

type ClientReport = Extract<
  Report,
  { type: 'submitted' | 'requested' | 'retransmitted' | 'answered' | 'recovered' | 'misbehaved' }
>;
type ProtocolReport = Exclude<Report, ClientReport | ViewReport>;

const otherReports: readonly Report['type'][] = [
  'submitted',
  'requested',
  'retransmitted',
  'answered',
  'recovered',
  'misbehaved',
];

function isProtocolReport<R extends Report>(report: R): report is Extract<R, ProtocolReport> {
  return !otherReports.includes(report.type);
}

function clientSentence(report: ClientReport, who: string): string {
  switch (report.type) {
    case 'submitted':
      return `${who} wants to ${operationText(report.operation)}.`;
    case 'requested':
      return `${who} signed and sent its request: ${operationText(report.operation)}.`;
    case 'retransmitted':
      return `${who} had no answer in time and sends its request to all replicas.`;
    case 'answered':
      return `${who} accepted the result ${report.result}: ${report.signers.length} replicas agree on it.`;
    case 'recovered':
      return `${who} woke up from its disk and goes on where it was${report.lastExecuted === undefined ? '' : `, after sequence ${report.lastExecuted}`}.`;
    case 'misbehaved':
      return `${who} misbehaved (${report.behaviour}): ${report.what}.`;
  }
}

function sentSentence(event: Extract<TraceEvent, { type: 'sent' }>, who: string): string {
  const copy = event.copyOf === undefined ? '' : ' (a duplicate)';
  return `${who} sent ${messageName(event.header)} to ${spokenName(event.to)}${copy}.`;
}

/** "PREPARE for sequence 3", "REQUEST put x 1" */
export function messageName(header: MessageHeader): string {
  const name = header.kind.toUpperCase();
  if (header.kind === 'request' || header.kind === 'reply') {
    return header.text === undefined ? name : `${name} ${operationText(header.text)}`;
  }
  return header.sequence === undefined ? name : `${name} for sequence ${header.sequence}`;
}

/** The first four digits of a digest: enough to tell two apart. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 4);
}

function countedSentence(report: Extract<Report, { type: 'counted' }>, who: string): string {
  const vote = report.kind.toUpperCase();
  const at = report.sequence === undefined ? '' : ` for sequence ${report.sequence}`;
  return `${who} counts the ${vote} of ${spokenName(report.signer)}${at}.`;
}

function byzantineSentence(behaviour: string, who: string): string {
  return behaviour === 'correct'
    ? `${who} behaves correctly again.`
    : `${who} is Byzantine now: ${behaviour.replaceAll('-', ' ')}.`;
}

function partitionSentence(groups: readonly (readonly ProcessId[])[], cuts: number): string {
  if (groups.length === 0) return `${cuts} links are cut.`;
  const parts = groups.map((group) => group.map(spokenName).join(', '));
  return `the network is divided: ${parts.join(' | ')}.`;
}

const dropReasons: Readonly<Record<DropReason, string>> = {
  loss: 'the link lost it',
  partition: 'the partition is between them',
  rule: 'a step dropped it',
  crashed: 'the receiver is down',
  silenced: 'the Byzantine sender keeps it back',
};

const crashPoints: Readonly<Record<CrashPoint, string>> = {
  now: '; its memory is gone, its disk is not',
  'before-commit': ' before its commit: the turn is lost, nothing was sent',
  'after-commit': ' after its commit and before sending: the disk knows what nobody heard',
  'after-send': ' right after sending',
};
