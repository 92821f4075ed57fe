import { assert } from '#core/base/assert.ts';
import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';
import type { AnyFunction } from '#core/persistent/store/closure.ts';
import { PersistentMap } from '#core/persistent/store/persistent-map.ts';

/** Where a stage puts what it makes of an event. */
export interface Outlet<B> {
  $emit(value: B): void;
  $close(): void;
}

/** What an operator does with the events that pass through it, and what it remembers of them. */
export interface Stage<A, B> {
  /** The program's function that it calls, if it calls one. */
  readonly $function: AnyFunction | undefined;
  $event(value: A, outlet: Outlet<B>): void;
  /** Somebody listens. */
  $start(outlet: Outlet<B>): void;
  /** Nobody listens any more. */
  $stop(): void;
  /** No more events will come. */
  $finish(outlet: Outlet<B>): void;
}

/** Most stages hold nothing but what they remember. */
export abstract class StageBase<B> {
  get $function(): AnyFunction | undefined {
    return undefined;
  }

  $start(outlet: Outlet<B>): void {
    void outlet;
  }

  $stop(): void {
    // There is nothing to give back.
  }

  $finish(outlet: Outlet<B>): void {
    outlet.$close();
  }
}

/** A stage that calls a function of the program. */
abstract class Calling<B, F extends AnyFunction> extends StageBase<B> {
  readonly $f: F;

  constructor(f: F) {
    super();
    this.$f = f;
  }

  override get $function(): AnyFunction {
    return this.$f;
  }
}

/** merge, pin, ephemeral. */
export class Pass<T> extends StageBase<T> implements Stage<T, T> {
  $event(value: T, outlet: Outlet<T>): void {
    outlet.$emit(value);
  }
}

export class Where<T> extends Calling<T, (value: T) => boolean> implements Stage<T, T> {
  $event(value: T, outlet: Outlet<T>): void {
    if (this.$f(value)) outlet.$emit(value);
  }
}

export class OfType<T, C> extends StageBase<T & C> implements Stage<T, T & C> {
  readonly $class: abstract new (...parameters: never[]) => C;

  constructor(type: abstract new (...parameters: never[]) => C) {
    super();
    this.$class = type;
  }

  $event(value: T, outlet: Outlet<T & C>): void {
    if (value instanceof this.$class) outlet.$emit(value);
  }
}

export class Each<A, B> extends Calling<B, (value: A) => B> implements Stage<A, B> {
  $event(value: A, outlet: Outlet<B>): void {
    outlet.$emit(this.$f(value));
  }
}

export class Tap<T> extends Calling<T, (value: T) => void> implements Stage<T, T> {
  $event(value: T, outlet: Outlet<T>): void {
    this.$f(value);
    outlet.$emit(value);
  }
}

export class Fold<T, A> extends Calling<A, (sum: A, value: T) => A> implements Stage<T, A> {
  $sum: A;

  constructor(seed: A, f: (sum: A, value: T) => A) {
    super(f);
    this.$sum = seed;
  }

  $event(value: T, outlet: Outlet<A>): void {
    const sum = this.$f(this.$sum, value);
    written(this);
    this.$sum = sum;
    outlet.$emit(sum);
  }
}

export class Count<T> extends StageBase<number> implements Stage<T, number> {
  $count = 0;

  $event(_value: T, outlet: Outlet<number>): void {
    written(this);
    outlet.$emit(++this.$count);
  }
}

/** What `max` and `min` can compare. */
export type Ordered = number | string | bigint | Date;

export class Extreme<T extends Ordered> extends StageBase<T> implements Stage<T, T> {
  readonly $sign: 1 | -1;
  $best: T | undefined = undefined;

  constructor(sign: 1 | -1) {
    super();
    this.$sign = sign;
  }

  $event(value: T, outlet: Outlet<T>): void {
    const best = this.$best;
    const isBetter = best === undefined || (this.$sign === 1 ? value > best : value < best);
    if (isBetter) {
      written(this);
      this.$best = value;
    }
    outlet.$emit(isBetter ? value : best);
  }
}

export class Distinct<T> extends Calling<T, (value: T) => string | number> implements Stage<T, T> {
  readonly $seen = new PersistentMap<string | number, true>();

  $event(value: T, outlet: Outlet<T>): void {
    const key = this.$f(value);
    if (this.$seen.has(key)) return;
    this.$seen.set(key, true);
    outlet.$emit(value);
  }
}

export class Take<T> extends StageBase<T> implements Stage<T, T> {
  $left: number;

  constructor(count: number) {
    super();
    assert(Number.isInteger(count) && count > 0, `take() takes some, not ${count}`);
    this.$left = count;
  }

  $event(value: T, outlet: Outlet<T>): void {
    written(this);
    this.$left--;
    outlet.$emit(value);
    if (this.$left === 0) outlet.$close();
  }
}

export class Buffer<T> extends StageBase<readonly T[]> implements Stage<T, readonly T[]> {
  readonly $size: number;
  $held: T[] = [];

  constructor(size: number) {
    super();
    assert(Number.isInteger(size) && size > 0, `buffer() holds some, not ${size}`);
    this.$size = size;
  }

  $event(value: T, outlet: Outlet<readonly T[]>): void {
    written(this.$held).push(value);
    if (this.$held.length === this.$size) this.$release(outlet);
  }

  override $finish(outlet: Outlet<readonly T[]>): void {
    if (this.$held.length > 0) this.$release(outlet);
    outlet.$close();
  }

  private $release(outlet: Outlet<readonly T[]>): void {
    const full = this.$held;
    written(this);
    this.$held = [];
    outlet.$emit(full);
  }
}

persistable(StageBase, { id: 'runtime#StageBase' });
persistable(Calling, { id: 'runtime#Calling' });
persistable(Pass, { id: 'runtime#Pass' });
persistable(Where, { id: 'runtime#Where' });
persistable(OfType, { id: 'runtime#OfType' });
persistable(Each, { id: 'runtime#Each' });
persistable(Tap, { id: 'runtime#Tap' });
persistable(Fold, { id: 'runtime#Fold' });
persistable(Count, { id: 'runtime#Count' });
persistable(Extreme, { id: 'runtime#Extreme' });
persistable(Distinct, { id: 'runtime#Distinct' });
persistable(Take, { id: 'runtime#Take' });
persistable(Buffer, { id: 'runtime#Buffer' });
