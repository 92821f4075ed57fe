import type { MessageHeader, TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { quorumsOf } from '#core/pbft/quorum.ts';
import type { Report } from '#core/replica/report.ts';

type Bare = TraceEvent extends infer E ? (E extends TraceEvent ? Omit<E, 'id'> : never) : never;

interface Arrival {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** What a sample run is like; all of it is invented, for tests of pictures only. */
export interface SampleOptions {
  readonly replicas: number;
  readonly requests: number;
  /** A replica that crashes at one instant and restarts at another. */
  readonly crash?: {
    readonly process: number;
    readonly atMs: number;
    readonly restartAtMs: number;
  };
}

/** The events of a fault-free (or nearly) run, in the shape that the bus gives them. */
export function sampleTrace(options: SampleOptions): readonly TraceEvent[] {
  return new Sample(options).events();
}

class Sample {
  private readonly trace: Bare[] = [];
  private readonly due: Arrival[] = [];
  private readonly votes = new Map<string, Set<number>>();
  private readonly down = new Set<ProcessId>();
  private readonly options: SampleOptions;
  private nowMs = 0;
  private random = 12345;
  private messages = 0;
  private turns = 0;

  constructor(options: SampleOptions) {
    this.options = options;
  }

  events(): readonly TraceEvent[] {
    const { replicas, requests, crash } = this.options;
    for (let i = 0; i < replicas; i += 1) this.life(i, { type: 'started' });
    this.life('c0', { type: 'started' });
    for (let i = 0; i < requests; i += 1) this.at(1 + i * 130, () => this.request(i));
    if (crash !== undefined) {
      this.at(crash.atMs, () => {
        this.down.add(crash.process);
        this.life(crash.process, { type: 'crashed', point: 'now' });
      });
      this.at(crash.restartAtMs, () => {
        this.down.delete(crash.process);
        this.life(crash.process, { type: 'restarted', incarnation: 1, disk: 'kept' });
      });
    }
    this.run();
    return this.trace.map((event, id): TraceEvent => ({ ...event, id }));
  }

  private run(): void {
    for (;;) {
      this.due.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
      const next = this.due.shift();
      if (next === undefined) return;
      this.nowMs = next.atMs;
      next.run();
    }
  }

  private request(i: number): void {
    const operation = `{"put":["x","${i + 1}"]}`;
    this.report('c0', { type: 'submitted', client: 0, index: i, operation });
    this.report('c0', { type: 'requested', client: 0, index: i, timestamp: i + 1, operation });
    this.persist('c0');
    const header: MessageHeader = {
      kind: 'request',
      signer: 'c0',
      client: 0,
      timestamp: i + 1,
      text: operation,
    };
    this.send('c0', 0, header, () => this.propose(i + 1));
  }

  private propose(sequence: number): void {
    const digest = digestOf(sequence);
    this.report(0, { type: 'pre-prepared', view: 0, sequence, digest });
    this.persist(0);
    this.multicast(0, { kind: 'pre-prepare', signer: 0, view: 0, sequence, digest }, (backup) => {
      this.report(backup, { type: 'pre-prepared', view: 0, sequence, digest });
      this.persist(backup);
      this.vote('prepare', backup, sequence);
    });
    if (this.options.replicas === 1) this.vote('commit', 0, sequence);
  }

  private vote(kind: 'prepare' | 'commit', signer: number, sequence: number): void {
    const digest = digestOf(sequence);
    this.count(kind, signer, signer, sequence);
    this.multicast(signer, { kind, signer, view: 0, sequence, digest }, (receiver) => {
      this.count(kind, receiver, signer, sequence);
      this.persist(receiver);
    });
  }

  private count(kind: 'prepare' | 'commit', at: number, signer: number, sequence: number): void {
    const digest = digestOf(sequence);
    const { quorum } = quorumsOf(this.options.replicas);
    const key = `${kind} ${at} ${sequence}`;
    const votes = this.votes.get(key) ?? new Set();
    this.votes.set(key, votes.add(signer));
    this.report(at, { type: 'counted', kind, view: 0, sequence, digest, signer });
    const signers = [...votes];
    if (kind === 'prepare' && votes.size === quorum - 1) {
      this.report(at, { type: 'prepared', view: 0, sequence, digest, signers });
      this.vote('commit', at, sequence);
    } else if (kind === 'commit' && votes.size === quorum) {
      this.report(at, { type: 'committed', view: 0, sequence, digest, signers });
      this.execute(at, sequence);
    }
  }

  private execute(at: number, sequence: number): void {
    const operation = `{"put":["x","${sequence}"]}`;
    const done = { client: 0, timestamp: sequence, operation, result: 'ok', duplicate: false };
    this.report(at, {
      type: 'executed',
      sequence,
      digest: digestOf(sequence),
      executed: sequence,
      operations: [done],
    });
    const header: MessageHeader = {
      kind: 'reply',
      signer: at,
      view: 0,
      client: 0,
      timestamp: sequence,
      text: 'ok',
    };
    this.send(at, 'c0', header, () => this.reply(at, sequence));
  }

  private reply(signer: number, timestamp: number): void {
    const { weak } = quorumsOf(this.options.replicas);
    const replies = this.votes.get(`reply ${timestamp}`) ?? new Set();
    this.votes.set(`reply ${timestamp}`, replies.add(signer));
    if (replies.size > weak) return;
    this.report('c0', { type: 'counted', kind: 'reply', signer });
    if (replies.size === weak) {
      const signers = [...replies];
      this.report('c0', {
        type: 'answered',
        client: 0,
        index: timestamp - 1,
        timestamp,
        result: 'ok',
        view: 0,
        signers,
      });
    }
    this.persist('c0');
  }

  private multicast(from: number, header: MessageHeader, arrived: (at: number) => void): void {
    for (let to = 0; to < this.options.replicas; to += 1) {
      if (to !== from) this.send(from, to, header, () => arrived(to));
    }
  }

  private send(from: ProcessId, to: ProcessId, header: MessageHeader, arrived: () => void): void {
    const message = this.messages;
    this.messages += 1;
    this.random = (this.random * 1103515245 + 12345) % 2147483648;
    const arrivesAtMs = this.nowMs + 12 + Math.round((this.random / 2147483648) * 9000) / 1000;
    this.trace.push({
      atMs: this.nowMs,
      process: from,
      type: 'sent',
      message,
      to,
      header,
      arrivesAtMs,
    });
    this.at(arrivesAtMs, () => {
      if (this.down.has(to)) {
        this.trace.push({
          atMs: this.nowMs,
          type: 'dropped',
          message,
          from,
          to,
          reason: 'crashed',
        });
        return;
      }
      this.trace.push({ atMs: this.nowMs, process: to, type: 'delivered', message, from, header });
      arrived();
    });
  }

  private report(process: ProcessId, report: Report): void {
    this.trace.push({ ...report, atMs: this.nowMs, process });
  }

  private life(process: ProcessId, event: Life): void {
    this.trace.push({ ...event, atMs: this.nowMs, process });
  }

  private persist(process: ProcessId): void {
    this.turns += 1;
    this.life(process, { type: 'persisted', turn: this.turns });
  }

  private at(atMs: number, run: () => void): void {
    this.due.push({ atMs, order: this.due.length + this.messages * 1000, run });
  }
}

type Life =
  Extract<Bare, { type: 'started' | 'crashed' | 'restarted' | 'persisted' }> extends infer L
    ? L extends Bare
      ? Omit<L, 'atMs' | 'process'>
      : never
    : never;

function digestOf(sequence: number): string {
  return `${(0x7a3f + sequence * 977).toString(16)}${'0'.repeat(60)}`;
}
