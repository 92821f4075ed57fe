import { ambient } from '#core/persistent/engine/ambient.ts';
import { Awaitable } from '#core/persistent/engine/awaitable.ts';
import { $pass } from '#core/persistent/engine/call.ts';
import { callbackFailure } from '#core/persistent/engine/workflow-error.ts';
import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';
import type { AnyFunction } from '#core/persistent/store/closure.ts';

/** Takes the events of a stream. */
export interface Observer<T> {
  /** The program's function that it calls, to say where an error came from. */
  readonly $function: AnyFunction | undefined;
  $event(value: T): void;
  /** There will be no more events. */
  $end(): void;
}

/** Where events come from. */
export interface Origin<T> {
  $connect(observer: Observer<T>): Subscription<T>;
  /** As connect, but a restart forgets it. */
  $connectEphemeral(observer: Observer<T>): Subscription<T>;
  $disconnect(subscription: Subscription<T>): void;
}

/** The tie between a stream and one who observes it. */
export class Subscription<T> {
  $origin: Origin<T> | undefined;
  readonly $observer: Observer<T>;
  /** Number of the first delivery it sees. Transient: nothing is under way between two turns. */
  $since: number | undefined;

  constructor(origin: Origin<T>, observer: Observer<T>) {
    this.$origin = origin;
    this.$observer = observer;
    this.$since = ambient('a subscription').nextDelivery;
  }

  /** Ends it. No event arrives after that, not even one that is under way. */
  dispose(): void {
    const origin = this.$origin;
    if (origin === undefined) return;
    written(this);
    this.$origin = undefined;
    origin.$disconnect(this);
  }

  $deliver(value: T): void {
    if (this.$origin === undefined) return;
    const engine = ambient('an event');
    if (this.$since !== undefined && this.$since > engine.delivery) return;
    try {
      this.$observer.$event(value);
    } catch (error) {
      $pass(error);
      engine.failed(new Awaitable(), callbackFailure(this.$observer.$function, error));
    }
  }

  $end(): void {
    if (this.$origin === undefined) return;
    written(this);
    this.$origin = undefined;
    this.$observer.$end();
  }
}

/** Calls a function with every event. */
export class Call<T> implements Observer<T> {
  readonly $function: (value: T) => void;

  constructor(f: (value: T) => void) {
    this.$function = f;
  }

  $event(value: T): void {
    this.$function(value);
  }

  $end(): void {
    // It is not called any more.
  }
}

persistable(Call, { id: 'runtime#Call' });
persistable(Subscription, { id: 'runtime#Subscription', transient: ['$since'] });
