import { ambient } from '#core/persistent/engine/ambient.ts';
import type { Awaitable, Waiter } from '#core/persistent/engine/awaitable.ts';
import { sleep } from '#core/persistent/engine/services.ts';
import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';

import { type Outlet, type Stage, StageBase } from './stage.ts';

/** Hands every event on in a delivery of its own. */
export class Later<T> extends StageBase<T> implements Stage<T, T> {
  $event(value: T, outlet: Outlet<T>): void {
    ambient('schedule()').deliver(() => outlet.$emit(value));
  }

  override $finish(outlet: Outlet<T>): void {
    ambient('schedule()').deliver(() => outlet.$close());
  }
}

/** Hands on the last of a burst, when it has been quiet for a while. */
export class Debounce<T> extends StageBase<T> implements Stage<T, T>, Waiter {
  readonly $quietMs: number;
  $held: { readonly value: T } | undefined = undefined;
  $timer: Awaitable | undefined = undefined;
  $outlet: Outlet<T> | undefined = undefined;

  constructor(quietMs: number) {
    super();
    this.$quietMs = quietMs;
  }

  override $start(outlet: Outlet<T>): void {
    written(this);
    this.$outlet = outlet;
  }

  $event(value: T): void {
    this.$forget();
    this.$held = { value };
    this.$timer = sleep(this.$quietMs);
    this.$timer.$subscribe(this);
  }

  $notify(): void {
    const { $outlet, $held } = this;
    this.$forget();
    if ($outlet === undefined || $held === undefined) return;
    ambient('debounce()').deliver(() => $outlet.$emit($held.value));
  }

  override $stop(): void {
    this.$forget();
    this.$outlet = undefined;
  }

  override $finish(outlet: Outlet<T>): void {
    const held = this.$held;
    this.$forget();
    if (held !== undefined) outlet.$emit(held.value);
    outlet.$close();
  }

  private $forget(): void {
    written(this);
    this.$timer?.$unsubscribe(this);
    this.$timer = undefined;
    this.$held = undefined;
  }
}

/** Ends the stream when something settles. */
export class Until<T> extends StageBase<T> implements Stage<T, T>, Waiter {
  readonly $end: Awaitable<unknown>;
  $outlet: Outlet<T> | undefined = undefined;

  constructor(end: Awaitable<unknown>) {
    super();
    this.$end = end;
  }

  override $start(outlet: Outlet<T>): void {
    written(this);
    this.$outlet = outlet;
    if (this.$end.settled) outlet.$close();
    else this.$end.$subscribe(this);
  }

  override $stop(): void {
    written(this);
    this.$outlet = undefined;
    this.$end.$unsubscribe(this);
  }

  $event(value: T, outlet: Outlet<T>): void {
    outlet.$emit(value);
  }

  $notify(source: Awaitable<unknown>): void {
    source.$take();
    this.$outlet?.$close();
  }
}

persistable(Later, { id: 'runtime#Later' });
persistable(Debounce, { id: 'runtime#Debounce' });
persistable(Until, { id: 'runtime#Until' });
