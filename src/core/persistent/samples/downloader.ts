'use persistent';

import { any, external, now, outbox, sleep } from '#core/persistent/index.ts';

/** Downloads what is behind an address, tries again when that fails, and gives up at a deadline. */
export class Download {
  readonly address: string;
  isOver = false;

  constructor(address: string) {
    this.address = address;
  }

  async run(deadlineMs: number): Promise<void> {
    const { tag, value } = await any({ content: this.attempts(), deadline: sleep(deadlineMs) });
    // Who loses a race is not cancelled: the attempts have to be told.
    this.isOver = true;
    this.say(tag === 'content' ? `got ${value} at ${now()} ms` : `gave up at ${now()} ms`);
  }

  /** Waits twice as long after each failure. */
  async attempts(): Promise<string> {
    for (let pauseMs = 100; !this.isOver; pauseMs *= 2) {
      try {
        return await external<string>('download', this.address);
      } catch (error) {
        this.say(String(error));
        await sleep(pauseMs);
      }
    }
    return '';
  }

  say(what: string): void {
    outbox.send('console', `${this.address}: ${what}`);
  }
}
