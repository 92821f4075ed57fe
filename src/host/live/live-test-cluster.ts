import { defined } from '#core/base/assert.ts';
import { processesOf } from '#core/network/process-order.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { ReplicaInspection } from '#core/replica/inspection.ts';
import { MemoryDisk } from '#host/storage/memory-disk.ts';

import { clientsEndpoint } from './frame.ts';
import { type BusPort, depart, type Departure, LiveBus } from './live-bus.ts';
import { LiveClock } from './live-clock.ts';
import type { LiveFacts } from './live-facts.ts';
import { LiveKeys, publicHalvesOf } from './live-keys.ts';
import { LiveLoad } from './live-load.ts';
import { LiveLog } from './live-log.ts';
import { LiveMonitor } from './live-monitor.ts';
import { defaultMix, liveConfiguration } from './live-options.ts';
import type { LiveFailure } from './live-process.ts';
import { LiveProcess } from './live-process.ts';
import type { LiveOptions } from './live-report.ts';

/** A live cluster in one thread: the channels are real, and so are keys and logs; the disks are in memory. */
export class LiveTestCluster {
  readonly configuration: Configuration;
  readonly monitor: LiveMonitor;
  readonly failures: LiveFailure[] = [];
  readonly disks: readonly MemoryDisk[];
  readonly replicas = new Map<number, LiveProcess>();
  readonly load: LiveLoad;
  readonly bus: LiveBus;
  lastFacts: LiveFacts[] = [];
  private readonly halves: Uint8Array;
  private readonly startedMs = performance.now();
  private readonly incarnations = new Map<number, number>();
  private readonly ports = new Map<number, MessagePort>();

  private constructor(options: LiveOptions, configuration: Configuration, halves: Uint8Array) {
    this.configuration = configuration;
    this.halves = halves;
    const { n, clients, logSize } = configuration;
    this.monitor = new LiveMonitor(n, logSize);
    this.disks = Array.from({ length: n }, () => new MemoryDisk());
    this.bus = new LiveBus({
      facts: (facts) => {
        this.monitor.take(facts);
        this.lastFacts[facts.replica] = facts;
      },
      failed: (failure) => this.failures.push(failure),
    });
    const port = this.join(clientsEndpoint, (frame) => {
      this.load.receive(frame);
    });
    const own = processesOf(n, clients).filter((process) => typeof process === 'string');
    this.load = new LiveLoad({
      configuration,
      keys: new LiveKeys(configuration, halves, own),
      clock: this.clock(),
      load: options.load,
      mix: options.mix ?? defaultMix,
      ...(options.operations !== undefined && { operations: options.operations }),
      depart: (departure: Departure) => {
        depart(port, departure);
      },
      failed: (error) => {
        throw error;
      },
    });
  }

  static async start(options: LiveOptions): Promise<LiveTestCluster> {
    const configuration = liveConfiguration(options);
    const halves = await publicHalvesOf(configuration);
    const cluster = new LiveTestCluster(options, configuration, halves);
    for (let replica = 0; replica < options.n; replica++) await cluster.bringUp(replica);
    return cluster;
  }

  /** As if its worker was terminated: it is not asked, and nobody hears it any more. */
  kill(replica: number): void {
    this.bus.disconnect(replica);
    defined(this.ports.get(replica), 'it has a port').close();
    this.replicas.delete(replica);
  }

  async restart(replica: number): Promise<void> {
    await this.bringUp(replica);
  }

  look(replica: number): ReplicaInspection {
    const look = defined(this.replicas.get(replica), 'it runs').look();
    if (look?.kind !== 'replica') throw new Error(`replica ${replica} has failed`);
    return look;
  }

  /** Until `isSo`, for as long as a test may take. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** No thread of the test stays behind. */
  end(): void {
    this.load.stop();
    for (const port of this.ports.values()) port.close();
  }

  private clock(): LiveClock {
    return new LiveClock((performance.now() - this.startedMs) * 1000);
  }

  private async bringUp(replica: number): Promise<void> {
    const { configuration, halves, disks } = this;
    let process: LiveProcess | undefined;
    const port = this.join(replica, (frame) => process?.receive(frame));
    const incarnation = this.incarnations.get(replica) ?? 0;
    this.incarnations.set(replica, incarnation + 1);
    const parts = {
      replica,
      configuration,
      keys: new LiveKeys(configuration, halves, [replica]),
      log: new LiveLog(defined(disks[replica], 'each replica has a disk')),
      clock: this.clock(),
      depart: (departure: Departure) => {
        depart(port, departure);
      },
      failed: (failure: LiveFailure) => {
        port.postMessage({ type: 'failed', failure });
      },
    };
    process = await (incarnation === 0
      ? LiveProcess.start(parts)
      : LiveProcess.restart(parts, incarnation));
    this.replicas.set(replica, process);
  }

  private join(endpoint: number, receive: (frame: ArrayBuffer) => void): MessagePort {
    const { port1, port2 } = new MessageChannel();
    port2.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
      receive(data);
    });
    port2.start();
    const bus: BusPort = port1;
    this.bus.connect(endpoint, bus);
    this.ports.set(endpoint, port2);
    return port2;
  }
}
