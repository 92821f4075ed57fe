import { transfer } from 'comlink';

import type { Configuration } from '#core/pbft/configuration.ts';

import { clientsEndpoint } from './frame.ts';
import type { LiveBusControl } from './live-bus.worker.ts';
import type { DeskReport } from './live-desk.ts';
import type { LoadReport } from './live-load.ts';
import type { LiveLoadControl, LoadOrder } from './live-load.worker.ts';
import { LiveWorker } from './live-worker.ts';

/** The threads that all replicas need: the bus with its monitor, and the clients. */
export class LiveCentre {
  private readonly bus: LiveWorker<LiveBusControl>;
  private readonly load: LiveWorker<LiveLoadControl>;

  /** `died` is told when one of them ends unasked. */
  constructor(died: (why: string) => void) {
    this.bus = new LiveWorker(
      new Worker(new URL('./live-bus.worker.ts', import.meta.url), { type: 'module' }),
      (why) => {
        died(`The bus has stopped: ${why}`);
      },
    );
    this.load = new LiveWorker(
      new Worker(new URL('./live-load.worker.ts', import.meta.url), { type: 'module' }),
      (why) => {
        died(`The clients have stopped: ${why}`);
      },
    );
  }

  async start(configuration: Configuration): Promise<void> {
    await this.bus.race(this.bus.control.start(configuration));
  }

  async startLoad(order: Omit<LoadOrder, 'bus'>): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    await this.connect(clientsEndpoint, port1);
    const { control } = this.load;
    await this.load.race(control.start(transfer({ ...order, bus: port2 }, [port2])));
  }

  async connect(endpoint: number, port: MessagePort): Promise<void> {
    await this.bus.race(this.bus.control.connect(endpoint, transfer(port, [port])));
  }

  disconnect(endpoint: number): void {
    void this.bus.control.disconnect(endpoint);
  }

  pause(replica: number): void {
    void this.bus.control.pause(replica);
  }

  resume(replica: number): void {
    void this.bus.control.resume(replica);
  }

  partition(groups: readonly (readonly number[])[]): void {
    void this.bus.control.partition(groups);
  }

  distrust(replica: number): void {
    void this.bus.control.distrust(replica);
  }

  async stopLoad(): Promise<void> {
    await this.load.race(this.load.control.stop());
  }

  /** Undefined when the bus is gone. */
  deskReport(): Promise<DeskReport | undefined> {
    return this.bus.race(this.bus.control.report());
  }

  /** Undefined when the clients are gone. */
  loadReport(): Promise<LoadReport | undefined> {
    return this.load.race(this.load.control.report());
  }

  /** By client, the timestamp of the last operation that was acknowledged. */
  acknowledgements(): Promise<Float64Array | undefined> {
    return this.load.race(this.load.control.acknowledgements());
  }

  end(): void {
    this.bus.terminate();
    this.load.terminate();
  }
}
