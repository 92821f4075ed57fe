import type { Awaitable } from '#core/persistent/engine/awaitable.ts';
import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';
import type { AnyFunction } from '#core/persistent/store/closure.ts';

import { Gather, Next } from './next.ts';
import { Call, type Observer, type Origin, Subscription } from './observer.ts';
import { onlyCompiled, Queue } from './queue.ts';
import {
  Buffer,
  Count,
  Distinct,
  Each,
  Extreme,
  Fold,
  OfType,
  type Ordered,
  type Outlet,
  Pass,
  type Stage,
  Take,
  Tap,
  Where,
} from './stage.ts';
import { Debounce, Later, Until } from './timed-stage.ts';
import { LeftSide, RightSide, type Sided, Zip } from './zip.ts';

/**
 * Events, for whoever observes them when they come. A stream keeps none of them.
 *
 * Everything here is stored: the streams, who observes them, what operators remember. An operator
 * observes what it is made of only while somebody observes it, so a chain that is dropped is
 * garbage. Each emitted event is delivered in its turn, after all that became ready before it.
 */
export abstract class Stream<T> implements Origin<T> {
  $subscriptions: readonly Subscription<T>[] = [];
  $ended = false;
  /** Those that a restart forgets. */
  $ephemeral: Subscription<T>[] | undefined = undefined;

  /** Those that pass the test; a test that tells a type narrows to it. */
  where<S extends T>(test: (value: T) => value is S): Stream<S>;
  where(test: (value: T) => boolean): Stream<T>;
  where(test: (value: T) => boolean): Stream<T> {
    return new Operator([this], new Where(test));
  }

  map<U>(f: (value: T) => U): Stream<U> {
    return new Operator([this], new Each(f));
  }

  /** All folded into one, as it is after each. */
  scan<A>(seed: A, f: (sum: A, value: T) => A): Stream<A> {
    return new Operator([this], new Fold(seed, f));
  }

  ofType<C>(type: abstract new (...parameters: never[]) => C): Stream<T & C> {
    return new Operator([this], new OfType<T, C>(type));
  }

  /** Only the first under each key. The keys seen are kept for as long as the stream is. */
  distinctBy(keyOf: (value: T) => string | number): Stream<T> {
    return new Operator([this], new Distinct(keyOf));
  }

  /** How many there were, after each. */
  count(): Stream<number> {
    return new Operator([this], new Count<T>());
  }

  /** The greatest so far, after each. */
  max<O extends Ordered>(this: Stream<O>): Stream<O> {
    return new Operator([this], new Extreme<O>(1));
  }

  /** The least so far, after each. */
  min<O extends Ordered>(this: Stream<O>): Stream<O> {
    return new Operator([this], new Extreme<O>(-1));
  }

  /** The next `count`, then it ends. */
  take(count: number): Stream<T> {
    return new Operator([this], new Take<T>(count));
  }

  /** Lists of `size`; what is left over comes as a shorter one at the end. */
  buffer(size: number): Stream<readonly T[]> {
    return new Operator([this], new Buffer<T>(size));
  }

  merge<U>(other: Stream<U>): Stream<T | U> {
    return new Operator<T | U, T | U>([this, other], new Pass<T | U>());
  }

  /** Pairs: first with first, second with second. */
  zip<U>(other: Stream<U>): Stream<readonly [T, U]> {
    const left = new Operator<T, Sided<T, U>>([this], new LeftSide<T, U>());
    const right = new Operator<U, Sided<T, U>>([other], new RightSide<T, U>());
    return new Operator([left, right], new Zip<T, U>());
  }

  /** The last of a burst, once nothing has come for `quietMs` of the engine's time. */
  debounce(quietMs: number): Stream<T> {
    return new Operator([this], new Debounce<T>(quietMs));
  }

  /** Calls `f` in passing. */
  do(f: (value: T) => void): Stream<T> {
    return new Operator([this], new Tap(f));
  }

  /** Delivers each event on its own, after all that is ready by then. */
  schedule(): Stream<T> {
    return new Operator([this], new Later<T>());
  }

  /** Ends when `end` settles. */
  disposeOn(end: Awaitable<unknown>): Stream<T> {
    return new Operator([this], new Until<T>(end));
  }

  /** Observes from now on, whether or not it is observed: what operators before it remember counts. */
  pin(): Stream<T> {
    const pinned = new Pinned<T, T>([this], new Pass<T>());
    pinned.$open();
    return pinned;
  }

  /** What observes it, and all that follows, is not stored. */
  ephemeral(): Stream<T> {
    return new Ephemeral<T, T>([this], new Pass<T>());
  }

  /** Calls `f` with every event from now on. */
  subscribe(f: (value: T) => void): Subscription<T> {
    return this.$connect(new Call(f));
  }

  /** The first event that is emitted after this. Fails when the stream ends or the time is over. */
  next(timeoutMs?: number): Awaitable<T> {
    return new Next<T>(this, timeoutMs);
  }

  /** The next `count` events; after `timeoutMs`, or at the end, those there are. */
  waitFor(count: number, timeoutMs?: number): Awaitable<readonly T[]> {
    return new Gather<T>(this, count, timeoutMs);
  }

  /** Keeps every event from now on until it is taken. */
  queue(): Queue<T> {
    return new Queue<T>(this);
  }

  /** For the type of `for await`, which the compiler makes a loop over a queue. */
  [Symbol.asyncIterator](): AsyncIterator<T> {
    throw onlyCompiled();
  }

  $connect(observer: Observer<T>): Subscription<T> {
    const subscription = new Subscription<T>(this, observer);
    if (this.$ended) {
      subscription.$end();
      return subscription;
    }
    const isFirst = this.$isQuiet();
    this.$add(subscription);
    if (isFirst) this.$open();
    return subscription;
  }

  $connectEphemeral(observer: Observer<T>): Subscription<T> {
    const subscription = new Subscription<T>(this, observer);
    if (this.$ended) {
      subscription.$end();
      return subscription;
    }
    const isFirst = this.$isQuiet();
    this.$ephemeral = [...(this.$ephemeral ?? []), subscription];
    if (isFirst) this.$open();
    return subscription;
  }

  $disconnect(subscription: Subscription<T>): void {
    written(this);
    this.$subscriptions = this.$subscriptions.filter((other) => other !== subscription);
    this.$ephemeral = this.$ephemeral?.filter((other) => other !== subscription);
    if (this.$isQuiet()) this.$shut();
  }

  $add(subscription: Subscription<T>): void {
    written(this);
    this.$subscriptions = [...this.$subscriptions, subscription];
  }

  /** The first observer has come. A source has nothing to do. */
  $open(): void {}

  /** The last observer has gone. */
  $shut(): void {}

  /** Hands `value` to all who observe now. */
  $emit(value: T): void {
    const ephemeral = this.$ephemeral;
    for (const subscription of this.$subscriptions) subscription.$deliver(value);
    for (const subscription of ephemeral ?? []) subscription.$deliver(value);
  }

  $close(): void {
    if (this.$ended) return;
    written(this);
    this.$ended = true;
    const observers = [...this.$subscriptions, ...(this.$ephemeral ?? [])];
    this.$subscriptions = [];
    this.$ephemeral = undefined;
    this.$shut();
    for (const subscription of observers) subscription.$end();
  }

  private $isQuiet(): boolean {
    return this.$subscriptions.length === 0 && (this.$ephemeral ?? []).length === 0;
  }
}

/** A stream made of others, through a stage. */
class Operator<A, B> extends Stream<B> implements Observer<A>, Outlet<B> {
  readonly $sources: readonly Origin<A>[];
  readonly $stage: Stage<A, B>;
  $inputs: readonly Subscription<A>[] | undefined = undefined;
  $running = 0;

  constructor(sources: readonly Origin<A>[], stage: Stage<A, B>) {
    super();
    this.$sources = sources;
    this.$stage = stage;
  }

  get $function(): AnyFunction | undefined {
    return this.$stage.$function;
  }

  $event(value: A): void {
    this.$stage.$event(value, this);
  }

  $end(): void {
    written(this);
    this.$running--;
    if (this.$running === 0) this.$stage.$finish(this);
  }

  override $open(): void {
    written(this);
    this.$stage.$start(this);
    if (this.$ended) return;
    this.$running = this.$sources.length;
    this.$inputs = this.$sources.map((source) => this.$observe(source));
  }

  override $shut(): void {
    written(this);
    const inputs = this.$inputs ?? [];
    this.$inputs = undefined;
    for (const input of inputs) input.dispose();
    this.$stage.$stop();
  }

  $observe(source: Origin<A>): Subscription<A> {
    return source.$connect(this);
  }
}

/** Observes whether or not it is observed. */
class Pinned<A, B> extends Operator<A, B> {
  override $open(): void {
    if (this.$inputs === undefined) super.$open();
  }

  override $shut(): void {
    if (this.$ended) super.$shut();
  }
}

/** Observes without being stored by what it observes, or storing who observes it. */
class Ephemeral<A, B> extends Operator<A, B> {
  override $observe(source: Origin<A>): Subscription<A> {
    return source.$connectEphemeral(this);
  }

  override $add(subscription: Subscription<B>): void {
    this.$ephemeral = [...(this.$ephemeral ?? []), subscription];
  }
}

persistable(Stream, { id: 'runtime#Stream', transient: ['$ephemeral'] });
persistable(Operator, { id: 'runtime#Operator' });
persistable(Pinned, { id: 'runtime#Pinned' });
persistable(Ephemeral, { id: 'runtime#Ephemeral', transient: ['$inputs', '$running'] });
