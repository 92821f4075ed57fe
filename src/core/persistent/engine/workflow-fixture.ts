'use persistent';

import { assert } from '#core/base/assert.ts';
import {
  all,
  any,
  Awaitable,
  Condition,
  now,
  PersistentMap,
  post,
  Quorum,
  random,
  sleep,
} from '#core/persistent/index.ts';

/** One of each thing a workflow can wait for. */
export class Desk {
  readonly log: string[] = [];
  readonly letter = new Awaitable<string>();
  readonly parcel = new Awaitable<string>();
  readonly votes = new Quorum<{ readonly from: number }>(2);
  readonly changed = new Condition();
  readonly ledger = new PersistentMap<string, { amount: number }>();
  done = 0;
  counter: (() => number) | undefined = undefined;
  reader: (() => number) | undefined = undefined;
  greet: (() => string) | undefined = undefined;

  async write(to: string): Promise<void> {
    const letter = await this.letter;
    this.log.push(`${to}: ${letter}`);
    await sleep(1000);
    post({ to, letter, at: now() });
    this.done++;
  }

  async race(ms: number): Promise<string> {
    const { tag } = await any({ letter: this.letter, parcel: this.parcel, late: sleep(ms) });
    this.log.push(tag);
    return tag;
  }

  async comeBack(ms: number): Promise<void> {
    const bell = sleep(ms);
    const { tag } = await any({ letter: this.letter, bell });
    this.log.push(tag);
    await this.parcel;
    await bell;
    this.log.push('rang');
  }

  async both(): Promise<void> {
    const [letter, parcel] = await all([this.letter, this.parcel]);
    this.log.push(`${letter} and ${parcel}`);
  }

  async elect(): Promise<void> {
    const votes = await this.votes;
    this.log.push(votes.map((vote) => vote.from).join());
  }

  async watch(limit: number): Promise<void> {
    while (this.done < limit) await this.changed.changed();
    this.log.push(`reached ${limit}`);
  }

  /** Two closures over one variable. */
  share(): void {
    let count = 0;
    this.counter = () => ++count;
    this.reader = () => count;
  }

  greeting(): void {
    this.greet = hello;
  }

  async fail(): Promise<void> {
    await this.letter;
    throw new RangeError('no such desk');
  }

  async relay(): Promise<void> {
    return this.fail();
  }

  async failBoth(): Promise<void> {
    await all([this.fail(), this.parcel]);
  }

  async recover(): Promise<void> {
    try {
      await this.fail();
    } catch (error) {
      this.log.push(String(error));
    }
  }

  async contradict(): Promise<void> {
    try {
      post('never');
      await this.letter;
      assert(false, 'letters are impossible');
    } catch (error) {
      this.log.push(`caught ${String(error)}`);
    } finally {
      this.log.push('finally');
    }
  }

  async foreign(promise: PromiseLike<void>): Promise<void> {
    await promise;
  }

  async hold(thing: unknown): Promise<unknown> {
    await this.letter;
    return thing;
  }

  async order(names: readonly string[]): Promise<void> {
    for (const name of names) void this.tick(name);
    await this.letter;
  }

  async tick(name: string): Promise<void> {
    await sleep(10);
    this.log.push(name);
  }

  /** Stops between any two elements. */
  async tour(names: readonly string[], prices: Map<string, number>): Promise<void> {
    for (const name of names) {
      await sleep(1);
      this.log.push(name);
    }
    for (const [name, price] of prices) {
      await sleep(1);
      this.log.push(`${name} ${price}`);
    }
    const stock: Record<string, number> = { tea: 1, milk: 2, salt: 3 };
    for (const item in stock) {
      await sleep(1);
      this.log.push(item);
      delete stock['milk'];
    }
  }

  draw(): void {
    this.log.push(String(random()));
  }
}

export function hello(): string {
  return 'Hello';
}
