import { expose, transfer, wrap, type Remote } from 'comlink';

import { MemoryDisk } from '#host/storage/memory-disk.ts';

import type { SampleAnswer, SampleOrder, SampleProcess, SampleStep } from './sample-port.ts';
import type { SampleControl } from './sample.worker.ts';

/** Makes the processes of samples: one worker each, and disks that outlive them. */
export class SampleWorkers {
  private readonly hasIndexedDb: boolean;
  private readonly disks = new Map<string, MemoryDisk>();

  constructor(hasIndexedDb: boolean) {
    this.hasIndexedDb = hasIndexedDb;
  }

  /** `died` is told when the worker ends unasked. */
  spawn(died: (why: string) => void): SampleProcess {
    return new SampleWorker(died, (disk) => (this.hasIndexedDb ? undefined : this.memory(disk)));
  }

  private memory(name: string): MessagePort {
    const disk = this.disks.get(name) ?? new MemoryDisk();
    this.disks.set(name, disk);
    const { port1, port2 } = new MessageChannel();
    expose(disk, port1);
    return port2;
  }
}

/** The page's end of one worker. Every call races with the end of the worker, which answers nothing any more. */
class SampleWorker implements SampleProcess {
  private readonly worker: Worker;
  private readonly control: Remote<SampleControl>;
  private readonly memory: (disk: string) => MessagePort | undefined;
  private end: () => void = () => undefined;
  private readonly ended: Promise<undefined>;

  constructor(died: (why: string) => void, memory: (disk: string) => MessagePort | undefined) {
    this.memory = memory;
    this.worker = new Worker(new URL('./sample.worker.ts', import.meta.url), { type: 'module' });
    this.control = wrap<SampleControl>(this.worker);
    this.ended = new Promise((resolve) => {
      this.end = () => {
        resolve(undefined);
      };
    });
    this.worker.addEventListener('error', (event) => {
      // The corner says so; it is no error of the page.
      event.preventDefault();
      this.kill();
      died(event.message);
    });
  }

  open(order: SampleOrder): Promise<SampleAnswer | undefined> {
    const memory = this.memory(order.disk);
    const call =
      memory === undefined
        ? this.control.open(order)
        : this.control.open(order, transfer(memory, [memory]));
    return Promise.race([call, this.ended]);
  }

  step(step: SampleStep): Promise<SampleAnswer | undefined> {
    return Promise.race([this.control.step(step), this.ended]);
  }

  kill(): void {
    this.worker.terminate();
    this.end();
  }
}
