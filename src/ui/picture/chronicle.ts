import { twinOf } from '#core/network/process-order.ts';
import type { MessageHeader, TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import {
  isLifeEvent,
  isNetworkEvent,
  isRunEvent,
  type LifeTraceEvent,
  type NetworkTraceEvent,
  type ReportTraceEvent,
  type RunTraceEvent,
} from './event-family.ts';
import { processKey } from './process-name.ts';
import { refusalOf, type Refusal } from './refusal.ts';
import { ViewBands } from './view-bands.ts';

/** A message over its whole life, as a line of the space-time diagram. */
export interface Arrow {
  readonly message: number;
  readonly header: MessageHeader;
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly sentAtMs: number;
  /** The event that sent it. */
  readonly event: number;
  endsAtMs: number;
  outcome: 'flying' | 'held' | 'arrived' | 'lost';
  /** What its receiver made of it, if it did not take it. */
  refusal?: Refusal;
}

/** A stretch of time, open while it lasts. */
export interface Stretch {
  readonly fromMs: number;
  toMs: number | undefined;
}

/** A moment worth a mark. */
export interface Mark {
  readonly kind:
    | 'decision'
    | 'crash'
    | 'restart'
    | 'byzantine'
    | 'checkpoint'
    | 'violation'
    | 'evidence'
    | 'answer';
  readonly atMs: number;
  readonly event: number;
  readonly process?: ProcessId;
  readonly sequence?: number;
}

/** An execution on a lane. */
export interface Execution {
  readonly process: ProcessId;
  readonly atMs: number;
  readonly sequence: number;
  readonly event: number;
}

/**
 * What a growing trace has told, in the order of time: the history that the timeline and the space-time diagram are painted from.
 * Reads each event once.
 */
export class Chronicle {
  readonly trace: readonly TraceEvent[];
  readonly arrows: Arrow[] = [];
  readonly marks: Mark[] = [];
  readonly executions: Execution[] = [];
  readonly downs = new Map<string, Stretch[]>();
  readonly deceits = new Map<string, Stretch[]>();
  /** The second instances that there have been; another set when there is another one. */
  twins: ReadonlySet<ProcessId> = new Set();
  readonly partitions: Stretch[] = [];
  readonly views = new ViewBands();
  /** Operations that clients were given, and those that were answered. */
  asked = 0;
  answered = 0;
  /** The kinds of messages sent so far. */
  readonly kinds = new Set<MessageHeader['kind']>();
  /** The longest flight so far, to know how far back to look. */
  longestMs = 0;
  private readonly byMessage = new Map<number, Arrow>();
  private readonly decided = new Set<number>();
  private readonly stable = new Set<number>();
  /** By process: the message that it has just received, until it says what it makes of it. */
  private readonly landed = new Map<string, Arrow>();
  private seen = 0;

  constructor(trace: readonly TraceEvent[]) {
    this.trace = trace;
  }

  /** Reads what is new. */
  update(): void {
    for (; this.seen < this.trace.length; this.seen += 1) {
      const event = this.trace[this.seen];
      if (event !== undefined && event.lost !== true) this.read(event);
    }
  }

  /** The line of a message. */
  arrowOf(message: number): Arrow | undefined {
    return this.byMessage.get(message);
  }

  /** The lines that touch a stretch of time. */
  between(fromMs: number, toMs: number): readonly Arrow[] {
    const found: Arrow[] = [];
    for (let i = this.firstSentAfter(fromMs - this.longestMs); i < this.arrows.length; i += 1) {
      const arrow = this.arrows[i];
      if (arrow === undefined || arrow.sentAtMs > toMs) break;
      if (arrow.endsAtMs >= fromMs) found.push(arrow);
    }
    return found;
  }

  private firstSentAfter(ms: number): number {
    let low = 0;
    let high = this.arrows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.arrows[middle]?.sentAtMs ?? 0) < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private read(event: TraceEvent): void {
    this.views.read(event);
    if (isNetworkEvent(event)) this.readNetwork(event);
    else if (isLifeEvent(event)) this.readLife(event);
    else if (isRunEvent(event)) this.readRun(event);
    else this.readReport(event);
  }

  private readNetwork(event: NetworkTraceEvent): void {
    switch (event.type) {
      case 'sent':
        this.readSent(event);
        return;
      case 'delivered':
        this.end(event.message, event.atMs, 'arrived');
        this.land(event.message);
        return;
      case 'dropped':
        this.end(event.message, event.atMs, 'lost');
        return;
      case 'held':
        this.end(event.message, event.atMs, 'held');
        return;
      case 'released':
      case 'delayed':
        this.end(event.message, event.arrivesAtMs, 'flying');
    }
  }

  private readLife(event: LifeTraceEvent): void {
    if (event.type === 'crashed' || event.type === 'failed') {
      this.open(this.downs, event);
      this.mark('crash', event);
    } else if (event.type === 'restarted') {
      this.close(this.downs, event);
      this.mark('restart', event);
    } else if (event.type === 'started') {
      // Who crashed before it had stored anything starts anew instead.
      this.close(this.downs, event);
    } else if (event.type === 'byzantine') this.readByzantine(event);
    else if (event.type === 'doubled') this.twins = new Set([...this.twins, twinOf(event.of)]);
  }

  private readRun(event: RunTraceEvent): void {
    if (event.type === 'partitioned') {
      this.endPartition(event.atMs);
      this.partitions.push({ fromMs: event.atMs, toMs: undefined });
    } else if (event.type === 'healed') this.endPartition(event.atMs);
    else if (event.type === 'violation') this.mark('violation', event, event.sequence);
  }

  private readReport(event: ReportTraceEvent): void {
    this.readReception(event);
    if (event.type === 'executed' && event.process !== undefined) {
      const { process, atMs, sequence, id } = event;
      this.executions.push({ process, atMs, sequence, event: id });
      if (!this.decided.has(sequence)) {
        this.decided.add(sequence);
        this.mark('decision', event, sequence);
      }
    } else if (event.type === 'stable' && !this.stable.has(event.sequence)) {
      this.stable.add(event.sequence);
      this.mark('checkpoint', event, event.sequence);
    } else if (event.type === 'evidence') {
      this.mark('evidence', event, event.sequence);
    } else if (event.type === 'submitted') this.asked += 1;
    else if (event.type === 'answered') {
      this.answered += 1;
      this.mark('answer', event);
    }
  }

  private land(message: number): void {
    const arrow = this.byMessage.get(message);
    if (arrow !== undefined) this.landed.set(processKey(arrow.to), arrow);
  }

  /** The first word of a process after a message arrived tells whether it took it. */
  private readReception(event: ReportTraceEvent): void {
    if (event.process === undefined) return;
    const key = processKey(event.process);
    const arrow = this.landed.get(key);
    this.landed.delete(key);
    if (arrow !== undefined && event.type === 'rejected') arrow.refusal = refusalOf(event.reason);
  }

  private readSent(event: Extract<TraceEvent, { type: 'sent' }>): void {
    const { message, header, to, atMs, id } = event;
    const arrow: Arrow = {
      message,
      header,
      from: event.process ?? header.signer,
      to,
      sentAtMs: atMs,
      event: id,
      endsAtMs: event.arrivesAtMs ?? atMs,
      outcome: event.arrivesAtMs === undefined ? 'held' : 'flying',
    };
    this.kinds.add(header.kind);
    this.arrows.push(arrow);
    this.byMessage.set(message, arrow);
    this.longestMs = Math.max(this.longestMs, arrow.endsAtMs - atMs);
  }

  private end(message: number, atMs: number, outcome: Arrow['outcome']): void {
    const arrow = this.byMessage.get(message);
    if (arrow === undefined) return;
    arrow.endsAtMs = atMs;
    arrow.outcome = outcome;
    this.longestMs = Math.max(this.longestMs, atMs - arrow.sentAtMs);
  }

  private readByzantine(event: Extract<TraceEvent, { type: 'byzantine' }>): void {
    this.close(this.deceits, event);
    if (event.behaviour === 'correct') return;
    this.open(this.deceits, event);
    this.mark('byzantine', event);
  }

  private mark(kind: Mark['kind'], event: TraceEvent, sequence?: number): void {
    const { atMs, id, process } = event;
    this.marks.push({
      kind,
      atMs,
      event: id,
      ...(process === undefined ? {} : { process }),
      ...(sequence === undefined ? {} : { sequence }),
    });
  }

  private open(table: Map<string, Stretch[]>, event: TraceEvent): void {
    if (event.process === undefined) return;
    const key = processKey(event.process);
    const list = table.get(key) ?? [];
    if (list.at(-1)?.toMs === undefined && list.length > 0) return;
    list.push({ fromMs: event.atMs, toMs: undefined });
    table.set(key, list);
  }

  private close(table: Map<string, Stretch[]>, event: TraceEvent): void {
    if (event.process === undefined) return;
    const last = table.get(processKey(event.process))?.at(-1);
    if (last !== undefined && last.toMs === undefined) last.toMs = event.atMs;
  }

  private endPartition(atMs: number): void {
    const last = this.partitions.at(-1);
    if (last !== undefined && last.toMs === undefined) last.toMs = atMs;
  }
}
