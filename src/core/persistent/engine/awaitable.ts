import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';

import { ambientIfAny } from './ambient.ts';

/** Something that goes on when an awaitable has settled. Stored with it. */
export interface Waiter {
  $notify(source: Awaitable<unknown>): void;
}

/** Native code that waits: lost at a restart. */
type Listener = () => void;

const PENDING = 0;
const DONE = 1;
const FAILED = 2;

/**
 * A value that will be there later, and the functions suspended until then.
 *
 * Whoever waits is owned by what it waits for: drop an awaitable, and its waiters are garbage.
 * Only the first `complete` or `fail` counts. Members that start with $ are for the runtime.
 */
export class Awaitable<T = void> implements PromiseLike<T> {
  $state: typeof PENDING | typeof DONE | typeof FAILED = PENDING;
  $value: T | undefined = undefined;
  $error: unknown = undefined;
  $waiters: Waiter | Waiter[] | undefined = undefined;
  /** Transient. */
  $listeners: Listener[] | undefined = undefined;

  get settled(): boolean {
    return this.$state !== PENDING;
  }

  get failed(): boolean {
    return this.$state === FAILED;
  }

  /** What it was completed with. */
  get value(): T | undefined {
    return this.$value;
  }

  complete(value: T): void {
    if (this.$state !== PENDING) return;
    written(this);
    this.$state = DONE;
    this.$value = value;
    this.$settle();
  }

  fail(error: unknown): void {
    if (this.$state !== PENDING) return;
    written(this);
    this.$state = FAILED;
    this.$error = error;
    this.$settle();
  }

  /** For native code outside the engine. Persistent code says `await`. */
  then<A = T, B = never>(
    onDone?: ((value: T) => A | PromiseLike<A>) | null,
    onFailed?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const settled = new Promise<T>((resolve, reject) => {
      const done = (): void => {
        if (this.$state === FAILED) reject(this.$error);
        else if (this.$isDone()) resolve(this.$value);
      };
      this.$take();
      if (this.$state === PENDING) (this.$listeners ??= []).push(done);
      else done();
    });
    return settled.then(onDone, onFailed);
  }

  /** The value, when there is one; throws the error of a failed one. */
  $outcome(): T | undefined {
    if (this.$state === FAILED) throw this.$error;
    return this.$value;
  }

  $subscribe(waiter: Waiter): void {
    written(this);
    if (this.$waiters === undefined) this.$waiters = waiter;
    else if (Array.isArray(this.$waiters)) written(this.$waiters).push(waiter);
    else this.$waiters = [this.$waiters, waiter];
  }

  $unsubscribe(waiter: Waiter): void {
    if (this.$state !== PENDING) return;
    written(this);
    if (Array.isArray(this.$waiters)) {
      const left = this.$waiters.filter((other) => other !== waiter);
      this.$waiters = left.length > 1 ? left : left[0];
    } else if (this.$waiters === waiter) {
      this.$waiters = undefined;
    }
    if (this.$waiters === undefined) this.$abandon();
  }

  /** The last one who waited has turned away. It may be awaited again. */
  $abandon(): void {
    // Nothing to give back here; a sleep gives back its timer.
  }

  /** Unsettled again. */
  protected $reopen(): void {
    written(this);
    this.$state = PENDING;
    this.$value = undefined;
  }

  /** A race went on without it. If it has taken something that nobody has seen, it may give it back. */
  $decline(): void {
    // Most take nothing away from others.
  }

  /** Says that somebody has seen the outcome: the error, if there is one, is seen to. */
  $take(): void {
    if (this.$state === FAILED) ambientIfAny()?.handled(this);
  }

  /** Fails as `source` has, and passes on the duty to see to the error. */
  $failAs(source: Awaitable<unknown>): void {
    source.$take();
    const origin = ambientIfAny()?.originOf(source);
    const isAwaited = this.$isAwaited;
    this.fail(source.$error);
    if (origin !== undefined && !isAwaited) ambientIfAny()?.failed(this, origin);
  }

  get $isAwaited(): boolean {
    return this.$waiters !== undefined || this.$listeners !== undefined;
  }

  $isDone(): this is { readonly $value: T } {
    return this.$state === DONE;
  }

  private $settle(): void {
    const waiters = this.$waiters;
    const listeners = this.$listeners;
    this.$waiters = undefined;
    this.$listeners = undefined;
    if (Array.isArray(waiters)) for (const waiter of waiters) waiter.$notify(this);
    else waiters?.$notify(this);
    for (const done of listeners ?? []) done();
  }
}

persistable(Awaitable, { id: 'runtime#Awaitable', transient: ['$listeners'] });

/** Passes the outcome of one awaitable on to another: `return other` in an async function. */
export class Link implements Waiter {
  $target: Awaitable<unknown>;

  constructor(target: Awaitable<unknown>) {
    this.$target = target;
  }

  $notify(source: Awaitable<unknown>): void {
    if (source.failed) this.$target.$failAs(source);
    else this.$target.complete(source.$value);
  }
}

persistable(Link, { id: 'runtime#Link' });
