'use persistent';

import { sleep } from '#core/persistent/index.ts';

export class Pinger {
  readonly log: string[] = [];
  count = 0;

  async start(rounds: number): Promise<string> {
    const names: (() => string)[] = [];
    for (let i = 0; i < rounds; i++) {
      names.push(() => `round ${i}`);

      // a comment before the await
      await sleep(1000);
      this.count += await this.step(i);
      try {
        if (i === 1) throw new Error('one');
      } catch (error) {
        await sleep(5);
        this.log.push(String(error));
      } finally {
        await sleep(1);
        this.log.push(`end ${i}`);
      }
    }
    return names.map((f) => f()).join();
  }

  async step(n: number): Promise<number> {
    await sleep(10);
    this.log.push(`step ${n}`);
    return n * 2;
  }

  /** Fails after an await, for a test of the source map. */
  async fail(reason: unknown): Promise<never> {
    await sleep(1);

    /* a comment, and types */ throw new Error(`failed: ${String(reason)}`);
  }

  /** Fails, for a test of the source map. */
  check<T>(value: T, wanted: (value: T) => boolean): T {
    if (!wanted(value)) throw new Error(`not wanted: ${String(value)}`);
    return value;
  }
}
