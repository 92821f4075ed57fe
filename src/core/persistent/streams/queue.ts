import { Awaitable, type Waiter } from '#core/persistent/engine/awaitable.ts';
import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';
import { PersistentList } from '#core/persistent/store/persistent-list.ts';

import { StreamEndError } from './next.ts';
import type { Observer, Origin, Subscription } from './observer.ts';

/** Keeps the events of a stream until they are taken, each by one. */
export class Queue<T> implements Observer<T> {
  readonly $items = new PersistentList<T>();
  /** Taken by one who then did not need them: they come first. */
  $returned: T[] = [];
  $takers: readonly Take<T>[] = [];
  $subscription: Subscription<T> | undefined = undefined;
  $ended = false;

  constructor(origin: Origin<T>) {
    this.$subscription = origin.$connect(this);
  }

  get $function(): undefined {
    return undefined;
  }

  /** Events that wait to be taken. */
  get length(): number {
    return this.$returned.length + this.$items.length;
  }

  /** The oldest event. Fails when there are none left and will be no more. */
  next(): Awaitable<T> {
    return new Take(this);
  }

  /** Takes in no more events. Those it has can still be taken. */
  dispose(): void {
    this.$subscription?.dispose();
    this.$end();
  }

  /** For the type of `for await`, which the compiler makes a loop over `next()`. */
  [Symbol.asyncIterator](): AsyncIterator<T> {
    throw onlyCompiled();
  }

  $event(value: T): void {
    this.$items.push(value);
    this.$serve();
  }

  $end(): void {
    written(this);
    this.$subscription = undefined;
    this.$ended = true;
    const takers = this.$takers;
    this.$takers = [];
    for (const taker of takers) taker.$refuse();
  }

  $enter(taker: Take<T>): void {
    if (this.$takers.includes(taker)) return;
    written(this);
    this.$takers = [...this.$takers, taker];
    this.$serve();
    if (this.$ended && !taker.settled) this.$end();
  }

  $leave(taker: Take<T>): void {
    written(this);
    this.$takers = this.$takers.filter((other) => other !== taker);
  }

  $takeBack(value: T): void {
    written(this);
    this.$returned = [value, ...this.$returned];
    this.$serve();
  }

  $serve(): void {
    while (this.length > 0) {
      const [taker] = this.$takers;
      if (taker === undefined) return;
      this.$leave(taker);
      for (const value of this.$shift()) taker.complete(value);
    }
  }

  /** The oldest event, alone. */
  $shift(): readonly T[] {
    if (this.$returned.length > 0) {
      written(this);
      const [...first] = this.$returned.slice(0, 1);
      this.$returned = this.$returned.slice(1);
      return first;
    }
    const first = this.$items.slice(0, 1);
    this.$items.truncateFront(1);
    return first;
  }
}

/** Why native code cannot loop over a stream. */
export function onlyCompiled(): Error {
  return new Error("'for await' over a stream belongs into a 'use persistent' module");
}

/** One who waits for the oldest event of a queue. Out of the line while nobody waits for it. */
class Take<T> extends Awaitable<T> {
  readonly $queue: Queue<T>;
  $seen = false;

  constructor(queue: Queue<T>) {
    super();
    this.$queue = queue;
    queue.$enter(this);
  }

  override $subscribe(waiter: Waiter): void {
    super.$subscribe(waiter);
    if (!this.settled) this.$queue.$enter(this);
  }

  override $abandon(): void {
    this.$queue.$leave(this);
  }

  override complete(value: T): void {
    if (this.$isAwaited) this.$take();
    super.complete(value);
  }

  override $take(): void {
    super.$take();
    if (this.$seen) return;
    written(this);
    this.$seen = true;
  }

  /** Nobody has seen the event: it goes back, and whoever waits for this after all gets in line. */
  override $decline(): void {
    if (!this.$isDone() || this.$seen) return;
    const value = this.$value;
    this.$reopen();
    this.$queue.$takeBack(value);
  }

  $refuse(): void {
    this.fail(new StreamEndError('the queue is empty and its stream has ended'));
  }
}

persistable(Queue, { id: 'runtime#Queue' });
persistable(Take, { id: 'runtime#QueueTake' });
