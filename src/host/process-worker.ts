import { transfer, type Remote } from 'comlink';

import type { ProcessControl, ProcessStart } from './process-control.ts';
import type { Look } from './process-host.ts';
import { startWorker } from './start-worker.ts';

/**
 * The page's end of one process worker. Every call races with the end of the worker, since a call to a
 * terminated worker is never answered.
 */
export class ProcessWorker {
  private readonly worker: Worker;
  private readonly control: Remote<ProcessControl>;
  private end: () => void = () => undefined;
  private readonly ended: Promise<undefined>;

  /** `died` is told when the worker ends unasked. */
  constructor(process: string, died: (why: string) => void) {
    const { worker, control } = startWorker<ProcessControl>('process', `process ${process}`);
    this.worker = worker;
    this.control = control;
    this.ended = new Promise((resolve) => {
      this.end = () => {
        resolve(undefined);
      };
    });
    this.worker.addEventListener('error', (event) => {
      // The lab shows it as a lost process; it is no error of the page.
      event.preventDefault();
      died(event.message);
      this.end();
    });
  }

  /** Resolves when the process listens to `bus`, or its worker has ended. */
  async start(start: ProcessStart): Promise<void> {
    const ports = start.memory === undefined ? [start.bus] : [start.bus, start.memory];
    await this.race(this.control.start(transfer(start, ports)));
  }

  /** Undefined when the worker is gone. */
  look(): Promise<Look | undefined> {
    return this.race(this.control.look());
  }

  /** Certificates in its state that do not verify from scratch. */
  badCertificates(): Promise<readonly string[] | undefined> {
    return this.race(this.control.badCertificates());
  }

  terminate(): void {
    this.worker.terminate();
    this.end();
  }

  private race<T>(call: Promise<T>): Promise<T | undefined> {
    return Promise.race([call, this.ended]);
  }
}
