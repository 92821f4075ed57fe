import { expose, proxy, transfer, type Remote } from 'comlink';

import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Examination } from '#core/simulation/examination.ts';
import type { Scenario, Verdict } from '#core/simulation/scenario.ts';

import type { BusHost } from './bus-host.ts';
import type {
  BusListener,
  Commanded,
  Goal,
  HistoryRequest,
  Opened,
  Progress,
  Setting,
  Told,
} from './bus-requests.ts';
import type { BusStarter } from './bus-starter.ts';
import type { Look } from './process-host.ts';
import type { ProcessOrder } from './process-order.ts';
import { ProcessWorker } from './process-worker.ts';
import type { OpenRequest, ScenarioTitle } from './scenario-request.ts';
import type { Opening } from './session-record.ts';
import { startWorker } from './start-worker.ts';
import { MemoryDisk } from './storage/memory-disk.ts';
import type { MemoryDrive } from './storage/open-drive.ts';

/** What a session tells whoever shows it. */
export interface SessionListener {
  /** The next events of the trace; a trace from 0 is another run's. */
  traced(from: number, events: readonly TraceEvent[]): void;
  /** A process's worker ended although nobody asked for it. */
  lost(process: ProcessId, why: string): void;
  /** Something about the session could not be recorded. */
  unrecorded(why: string): void;
  /** The bus contradicted itself or is gone: nothing goes on. What was done is in the record. */
  broken(why: string): void;
}

/**
 * The page's end of a cluster: the bus worker, and a worker for each process that runs.
 *
 * 1. Only the page makes and kills workers; only the bus says when. A crash is `Worker.terminate()`.
 * 2. A process's control port reads. Whatever changes a cluster goes through the bus as a step.
 */
export class Session {
  private readonly starter: Remote<BusStarter>;
  private readonly bus: Remote<BusHost>;
  private readonly workers: Map<ProcessId, ProcessWorker>;

  private constructor(
    starter: Remote<BusStarter>,
    bus: Remote<BusHost>,
    workers: Map<ProcessId, ProcessWorker>,
  ) {
    this.starter = starter;
    this.bus = bus;
    this.workers = workers;
  }

  static async start(setting: Setting, listener: SessionListener): Promise<Session> {
    const { worker, control: starter } = startWorker<BusStarter>('bus', 'bus');
    const workers = new Map<ProcessId, ProcessWorker>();
    const calls = new WorkerCalls(workers, listener);
    const failed = failureOf(worker);
    const bus: Remote<BusHost> = await Promise.race([starter.start(setting, proxy(calls)), failed]);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      listener.broken(`The bus worker has ended: ${event.message}`);
    });
    calls.died = (process, why) => void bus.lose(process, why);
    return new Session(starter, bus, workers);
  }

  /** Every built-in scenario, in the order of the library. */
  scenarios(): Promise<readonly ScenarioTitle[]> {
    return this.starter.scenarios();
  }

  /** A new cluster of this scenario; a refused one changes nothing. */
  open(request: OpenRequest): Promise<Opened> {
    return this.bus.open(request);
  }

  /** The cluster that a page before this one left unfinished, if it is the wanted one. */
  resume(wanted: Partial<Opening>): Promise<Opened | undefined> {
    return this.bus.resume(wanted);
  }

  /** Another history with the same past up to an instant. */
  fork(atUs: number): Promise<Opened> {
    return this.bus.fork(atUs);
  }

  /** A history that was told elsewhere, executed again up to an instant. */
  openAt(request: HistoryRequest): Promise<Opened> {
    return this.bus.openAt(request);
  }

  /** What somebody else needs to have the same history. */
  history(): Promise<Told> {
    return this.bus.history();
  }

  step(): Promise<Progress> {
    return this.bus.step();
  }

  runUntil(goal: Goal): Promise<Progress> {
    return this.bus.runUntil(goal);
  }

  /** Ends a run in progress after its round. */
  async interrupt(): Promise<void> {
    await this.bus.interrupt();
  }

  command(step: object): Promise<Commanded> {
    return this.bus.command(step);
  }

  scenario(): Promise<Scenario> {
    return this.bus.scenario();
  }

  traceDigest(): Promise<string> {
    return this.bus.traceDigest();
  }

  /** Judges what has happened so far. */
  verdict(): Promise<Verdict> {
    return this.bus.verdict();
  }

  /** Undefined when the process does not run. */
  async look(process: ProcessId): Promise<Look | undefined> {
    return this.workers.get(process)?.look();
  }
}

/** Rejects when the bus cannot even be loaded: a call to it would never be answered. */
function failureOf(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    worker.addEventListener('error', (event) => {
      reject(new Error(`The bus worker does not run: ${event.message}`));
    });
  });
}

/** What the bus has the page do. */
class WorkerCalls implements BusListener {
  died: (process: ProcessId, why: string) => void = () => undefined;
  private readonly workers: Map<ProcessId, ProcessWorker>;
  private readonly listener: SessionListener;
  private readonly memory = new Map<ProcessId, MemoryDrive>();

  constructor(workers: Map<ProcessId, ProcessWorker>, listener: SessionListener) {
    this.workers = workers;
    this.listener = listener;
  }

  async spawn(order: ProcessOrder): Promise<MessagePort> {
    const { process } = order;
    await this.terminate(process);
    const worker = new ProcessWorker(String(process), (why) => {
      this.died(process, why);
    });
    this.workers.set(process, worker);
    const { port1, port2 } = new MessageChannel();
    const memory = order.storage.kind === 'memory' ? this.memoryPort(process) : undefined;
    await worker.start({ order, bus: port2, ...(memory !== undefined && { memory }) });
    return transfer(port1, [port1]);
  }

  terminate(process: ProcessId): Promise<void> {
    this.workers.get(process)?.terminate();
    this.workers.delete(process);
    return Promise.resolve();
  }

  lost(process: ProcessId, why: string): Promise<void> {
    this.listener.lost(process, why);
    return Promise.resolve();
  }

  traced(from: number, events: readonly TraceEvent[]): Promise<void> {
    this.listener.traced(from, events);
    return Promise.resolve();
  }

  async examine(): Promise<readonly Examination[]> {
    const looks = await Promise.all(
      [...this.workers].map(async ([process, worker]): Promise<Examination[]> => {
        const inspection = (await worker.look())?.inspection;
        const badCertificates = await worker.badCertificates();
        if (inspection === undefined || badCertificates === undefined) return [];
        return [{ process, inspection, badCertificates }];
      }),
    );
    return looks.flat();
  }

  unrecorded(why: string): Promise<void> {
    this.listener.unrecorded(why);
    return Promise.resolve();
  }

  private memoryPort(process: ProcessId): MessagePort {
    const drive = this.memory.get(process) ?? {
      log: proxy(new MemoryDisk()),
      past: proxy(new MemoryDisk()),
    };
    this.memory.set(process, drive);
    const { port1, port2 } = new MessageChannel();
    expose(drive, port1);
    return port2;
  }
}
