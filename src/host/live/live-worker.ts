import { type Remote, wrap } from 'comlink';

/** A worker of the session. Every call races with its end: a call to a terminated worker is never answered. */
export class LiveWorker<T> {
  readonly control: Remote<T>;
  private readonly worker: Worker;
  private end: () => void = () => undefined;
  private readonly ended: Promise<undefined>;

  /** `died` is told when the worker ends unasked. */
  constructor(worker: Worker, died: (why: string) => void) {
    this.worker = worker;
    this.control = wrap<T>(worker);
    this.ended = new Promise((resolve) => {
      this.end = () => {
        resolve(undefined);
      };
    });
    worker.addEventListener('error', (event) => {
      // Shown as a crash of that replica; it is no error of the page.
      event.preventDefault();
      this.terminate();
      died(event.message);
    });
  }

  /** Undefined when the worker is gone. */
  race<R>(call: Promise<R>): Promise<R | undefined> {
    return Promise.race([call, this.ended]);
  }

  terminate(): void {
    this.worker.terminate();
    this.end();
  }
}
