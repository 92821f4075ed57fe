import { assert } from '#core/base/assert.ts';
import { Awaitable, type Waiter } from '#core/persistent/engine/awaitable.ts';
import { sleep } from '#core/persistent/engine/services.ts';
import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';

import type { Observer, Origin, Subscription } from './observer.ts';

/** Something awaited has not come in time. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** The stream is over, and what was awaited from it will not come. */
export class StreamEndError extends Error {
  override readonly name = 'StreamEndError';
}

/** Observes a stream until it is settled; stops while nobody waits for it any more. */
abstract class Expectation<T, R> extends Awaitable<R> implements Observer<T>, Waiter {
  readonly $origin: Origin<T>;
  readonly $timer: Awaitable | undefined;
  $subscription: Subscription<T> | undefined = undefined;

  constructor(origin: Origin<T>, timeoutMs: number | undefined) {
    super();
    this.$origin = origin;
    this.$timer = timeoutMs === undefined ? undefined : sleep(timeoutMs);
  }

  get $function(): undefined {
    return undefined;
  }

  abstract $event(value: T): void;
  abstract $end(): void;
  /** The time is over. */
  abstract $notify(): void;

  $listen(): void {
    if (this.settled || this.$subscription !== undefined) return;
    written(this);
    this.$timer?.$subscribe(this);
    this.$subscription = this.$origin.$connect(this);
  }

  $turnAway(): void {
    const subscription = this.$subscription;
    if (subscription === undefined) return;
    written(this);
    this.$subscription = undefined;
    subscription.dispose();
    this.$timer?.$unsubscribe(this);
  }

  override $subscribe(waiter: Waiter): void {
    super.$subscribe(waiter);
    this.$listen();
  }

  override $abandon(): void {
    this.$turnAway();
  }
}

export class Next<T> extends Expectation<T, T> {
  constructor(origin: Origin<T>, timeoutMs?: number) {
    super(origin, timeoutMs);
    this.$listen();
  }

  $event(value: T): void {
    this.$turnAway();
    this.complete(value);
  }

  $end(): void {
    this.$turnAway();
    this.fail(new StreamEndError('the stream ended before its next event'));
  }

  $notify(): void {
    this.$turnAway();
    this.fail(new TimeoutError('the next event has not come in time'));
  }
}

export class Gather<T> extends Expectation<T, readonly T[]> {
  readonly $count: number;
  readonly $gathered: T[] = [];

  constructor(origin: Origin<T>, count: number, timeoutMs?: number) {
    super(origin, timeoutMs);
    assert(Number.isInteger(count) && count >= 0, `cannot wait for ${count} events`);
    this.$count = count;
    if (count === 0) this.$notify();
    else this.$listen();
  }

  $event(value: T): void {
    written(this.$gathered).push(value);
    if (this.$gathered.length === this.$count) this.$notify();
  }

  $end(): void {
    this.$notify();
  }

  $notify(): void {
    this.$turnAway();
    this.complete(this.$gathered);
  }
}

persistable(TimeoutError, { id: 'runtime#TimeoutError' });
persistable(StreamEndError, { id: 'runtime#StreamEndError' });
persistable(Expectation, { id: 'runtime#Expectation' });
persistable(Next, { id: 'runtime#Next' });
persistable(Gather, { id: 'runtime#Gather' });
