import { isTwin } from '#core/network/process-order.ts';
import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

/** How far a replica has come, by its own durable reports. */
export interface ReplicaProgress {
  view: number;
  executed: number;
  lastExecuted: number;
  lowWatermark: number;
}

/** How far a client has come. */
export interface ClientProgress {
  /** Operations that a person gave to it, taken or not. */
  given: number;
  answered: number;
  readonly results: string[];
}

/** Who is correct, and how far everybody has come: a fold over the trace. */
export class Progress {
  readonly replicas: readonly ReplicaProgress[];
  readonly clients: readonly ClientProgress[];
  private readonly faulty = new Set<ProcessId>();

  private readonly limit: number;

  /** With a limit only so many of the last results of a client are kept. */
  constructor(replicas: number, clients: number, limit = Infinity) {
    this.limit = limit;
    this.replicas = Array.from({ length: replicas }, () => ({
      view: 0,
      executed: 0,
      lastExecuted: 0,
      lowWatermark: 0,
    }));
    this.clients = Array.from({ length: clients }, () => ({ given: 0, answered: 0, results: [] }));
  }

  /** Whether a process has never been Byzantine, nor a second instance, and never lost a commit. */
  isCorrect(process: ProcessId): boolean {
    return !isTwin(process) && !this.faulty.has(process);
  }

  /** A person has given an operation to a client. */
  give(client: number): void {
    const progress = this.clients[client];
    if (progress !== undefined) progress.given++;
  }

  observe(event: TraceEvent): void {
    const { process } = event;
    if (process === undefined || event.lost === true) return;
    if (event.type === 'byzantine') this.faulty.add(process);
    if (event.type === 'restarted' && event.disk !== 'kept') this.faulty.add(process);
    if (typeof process === 'number') this.observeReplica(this.replicas[process], event);
    if (event.type === 'answered') this.observeAnswer(event.client, event.result);
  }

  private observeAnswer(client: number, result: string): void {
    const progress = this.clients[client];
    if (progress === undefined) return;
    progress.answered++;
    progress.results.push(result);
    if (progress.results.length > this.limit) progress.results.shift();
  }

  private observeReplica(progress: ReplicaProgress | undefined, event: TraceEvent): void {
    if (progress === undefined) return;
    if (
      event.type === 'pre-prepared' ||
      event.type === 'prepared' ||
      event.type === 'view-change' ||
      event.type === 'new-view'
    ) {
      progress.view = Math.max(progress.view, event.view);
    }
    if (event.type === 'executed') {
      progress.executed = event.executed;
      progress.lastExecuted = event.sequence;
    }
    if (event.type === 'stable') progress.lowWatermark = event.sequence;
    if (event.type === 'state-transfer' && event.deed === 'installed') {
      progress.executed = event.executed ?? progress.executed;
      progress.lastExecuted = event.sequence;
    }
  }
}
