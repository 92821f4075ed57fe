'use persistent';

import { assert } from '#core/base/assert.ts';
import { Awaitable, external, outbox, post, sleep } from '#core/persistent/index.ts';

/** Asks the world and tells it. */
export class Office {
  readonly bell = new Awaitable<string>();
  readonly log: string[] = [];

  async answer(): Promise<string> {
    const who = await this.bell;
    post(`good day, ${who}`);
    return who.toUpperCase();
  }

  async fetch(what: string): Promise<void> {
    try {
      this.log.push(await external<string>('fetch', what));
    } catch (error) {
      this.log.push(String(error));
    }
  }

  async careless(): Promise<void> {
    await external('fail');
  }

  async snooze(ms: number): Promise<void> {
    await sleep(ms);
    post('awake');
  }

  async contradict(): Promise<void> {
    await sleep(10);
    try {
      post('never');
      assert(false, 'this cannot be');
    } finally {
      post('not even this');
    }
  }

  write(text: string): number {
    return outbox.send('Ann', text);
  }

  fail(): never {
    this.log.push('failing');
    throw new RangeError('no such office');
  }
}
