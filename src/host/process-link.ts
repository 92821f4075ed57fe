import type { FromProcess, ToProcess } from './turn-port.ts';

/** A process that does not answer within this real time is lost. */
const answerMsMax = 10_000;

/** What the bus gets instead of an answer from a process that is gone. */
export interface Lost {
  readonly type: 'lost';
  readonly why: string;
}

/** The bus's end of the channel to one process: one question at a time, each answered or lost. */
export class ProcessLink {
  private readonly port: MessagePort;
  private readonly answerMs: number;
  private readonly lost: (why: string) => void;
  private waiting: ((answer: FromProcess | Lost) => void) | undefined;
  private gone: Lost | undefined;

  /** `lost` is told, once, when the process is gone and nobody asked for it. */
  constructor(port: MessagePort, lost: (why: string) => void, answerMs = answerMsMax) {
    this.port = port;
    this.lost = lost;
    this.answerMs = answerMs;
    port.addEventListener('message', (event: MessageEvent<FromProcess>) => {
      this.settle(event.data);
    });
    port.start();
  }

  ask(question: ToProcess): Promise<FromProcess | Lost> {
    if (this.gone !== undefined) return Promise.resolve(this.gone);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.lose(`it did not answer within ${this.answerMs / 1000} s`);
      }, this.answerMs);
      this.waiting = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.port.postMessage(question);
    });
  }

  /** The process is gone, and nobody asked for it. */
  lose(why: string): void {
    if (this.gone !== undefined) return;
    this.end(why);
    this.lost(why);
  }

  /** The process is gone: whoever waits for it learns so, and nobody asks it again. */
  end(why: string): void {
    this.gone = { type: 'lost', why };
    this.port.close();
    this.settle(this.gone);
  }

  private settle(answer: FromProcess | Lost): void {
    const waiting = this.waiting;
    this.waiting = undefined;
    waiting?.(answer);
  }
}
