import { expose, proxy, transfer } from 'comlink';

import type { Configuration } from '#core/pbft/configuration.ts';
import type { Inspection } from '#core/replica/inspection.ts';
import type { Behaviour } from '#core/replica/process.ts';
import type { StorageChoice } from '#host/storage/disk.ts';
import { MemoryDisk } from '#host/storage/memory-disk.ts';
import type { MemoryDrive } from '#host/storage/open-drive.ts';

import type { LiveProcessControl } from './live-process.worker.ts';
import { LiveWorker } from './live-worker.ts';

/** What all replicas of a session have in common. */
export interface FleetParts {
  readonly cluster: string;
  readonly configuration: Configuration;
  readonly storage: StorageChoice;
  readonly halves: Uint8Array;
  readonly nowUs: () => number;
  /** Its worker ended although nobody asked for it. */
  readonly lost: (replica: number, why: string) => void;
}

type ReplicaWorker = LiveWorker<LiveProcessControl>;

/**
 * The workers of the replicas. One more is always there, loaded and without an identity: who comes back does not wait for
 * a worker to be made.
 */
export class LiveFleet {
  private readonly parts: FleetParts;
  private readonly workers = new Map<number, ReplicaWorker>();
  private readonly incarnations = new Map<number, number>();
  private readonly memory = new Map<number, MemoryDrive>();
  private spare: ReplicaWorker | undefined;

  constructor(parts: FleetParts) {
    this.parts = parts;
  }

  /** Brings a replica to life; the answer is the bus's end of its channel. Rejects if it does not come to life. */
  async bringUp(replica: number, behaviour: Behaviour | null): Promise<MessagePort> {
    const { nowUs, cluster, configuration, storage, halves } = this.parts;
    const worker = this.spare ?? this.made();
    this.spare = undefined;
    this.workers.set(replica, worker);
    const incarnation = this.incarnations.get(replica) ?? 0;
    this.incarnations.set(replica, incarnation + 1);
    const { port1, port2 } = new MessageChannel();
    const memory = storage.kind === 'memory' ? this.memoryPort(replica) : undefined;
    const who = { cluster, replica, incarnation, configuration, storage, halves, behaviour };
    const order = { ...who, startUs: nowUs(), bus: port2, ...(memory !== undefined && { memory }) };
    const ports = memory === undefined ? [port2] : [port2, memory];
    await worker.race(worker.control.start(transfer(order, ports)));
    return port1;
  }

  /** Keeps a worker ready for whoever comes back next. */
  async prepare(): Promise<void> {
    const spare = this.made();
    this.spare?.terminate();
    this.spare = spare;
    await spare.race(spare.control.load());
  }

  isUp(replica: number): boolean {
    return this.workers.has(replica);
  }

  /** At once, whatever it is doing. */
  terminate(replica: number): void {
    this.workers.get(replica)?.terminate();
    this.workers.delete(replica);
  }

  pause(replica: number): void {
    void this.workers.get(replica)?.control.pause();
  }

  resume(replica: number): void {
    void this.workers.get(replica)?.control.resume();
  }

  behave(replica: number, behaviour: Behaviour | null): void {
    void this.workers.get(replica)?.control.behave(behaviour);
  }

  /** Undefined when it does not run, or has failed. */
  async look(replica: number): Promise<Inspection | undefined> {
    const worker = this.workers.get(replica);
    const look: Promise<Inspection | undefined> | undefined = worker?.control.look();
    return look && worker?.race(look);
  }

  end(): void {
    for (const replica of this.workers.keys()) this.terminate(replica);
    this.spare?.terminate();
    this.spare = undefined;
  }

  private made(): ReplicaWorker {
    const worker: ReplicaWorker = new LiveWorker(
      new Worker(new URL('./live-process.worker.ts', import.meta.url), { type: 'module' }),
      (why) => {
        this.died(worker, why);
      },
    );
    return worker;
  }

  private died(worker: ReplicaWorker, why: string): void {
    if (this.spare === worker) this.spare = undefined;
    for (const [replica, known] of this.workers) {
      if (known !== worker) continue;
      this.workers.delete(replica);
      this.parts.lost(replica, why);
    }
  }

  private memoryPort(replica: number): MessagePort {
    const drive = this.memory.get(replica) ?? {
      log: proxy(new MemoryDisk()),
      past: proxy(new MemoryDisk()),
    };
    this.memory.set(replica, drive);
    const { port1, port2 } = new MessageChannel();
    expose(drive, port1);
    return port2;
  }
}
