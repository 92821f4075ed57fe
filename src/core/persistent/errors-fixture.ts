'use persistent';

import { Awaitable, post } from '#core/persistent/index.ts';

/** Holds what a test gives it, in every way a program can. */
export class Holder {
  readonly key = new Awaitable();
  readonly field: unknown[] = [];
  failures: string[] = [];

  put(thing: unknown): void {
    this.field.push(thing);
  }

  capture(thing: unknown): void {
    this.field.push(() => [thing, this]);
  }

  async wait(thing: unknown): Promise<void> {
    await this.key;
    post(thing);
  }

  async foreign(promise: PromiseLike<unknown>): Promise<void> {
    try {
      await promise;
    } catch (error) {
      this.failures.push(String(error));
    }
  }
}
