import { assert } from '#core/base/assert.ts';
import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';

import { Awaitable, type Waiter } from './awaitable.ts';
import { refuseForeign } from './call.ts';

/** Waits for several; turns away from all of them as soon as it needs them no more. */
abstract class Combinator extends Awaitable<unknown> implements Waiter {
  /** Dropped when it has settled. */
  $sources: unknown[] | undefined;
  $attached = false;

  constructor(sources: unknown[], name: string) {
    super();
    for (const source of sources) {
      if (!(source instanceof Awaitable)) refuseForeign(source, () => `${name}()`);
    }
    this.$sources = sources;
  }

  /** Completes or fails if it can. */
  abstract $look(sources: readonly unknown[]): void;

  $notify(): void {
    const sources = this.$sources;
    if (this.settled || sources === undefined) return;
    this.$look(sources);
    if (!this.settled) return;
    this.$detach();
    this.$sources = undefined;
  }

  /** Waits for its sources, or settles at once. */
  $attach(): void {
    this.$notify();
    if (this.settled || this.$attached) return;
    written(this);
    this.$attached = true;
    // One that has something ready may settle this at once.
    for (const source of pendingIn(this.$sources)) if (!this.settled) source.$subscribe(this);
  }

  $detach(): void {
    if (!this.$attached) return;
    written(this);
    this.$attached = false;
    for (const source of pendingIn(this.$sources)) source.$unsubscribe(this);
  }

  override $subscribe(waiter: Waiter): void {
    super.$subscribe(waiter);
    this.$attach();
  }

  override $abandon(): void {
    this.$detach();
  }
}

class All extends Combinator {
  $look(sources: readonly unknown[]): void {
    const values: unknown[] = [];
    for (const source of sources) {
      if (source instanceof Awaitable && source.failed) {
        this.$failAs(source);
        return;
      }
      if (isSettled(source)) values.push(valueOf(source));
    }
    if (values.length === sources.length) this.complete(values);
  }
}

class Any extends Combinator {
  readonly $tags: readonly string[];

  constructor(sources: unknown[], tags: readonly string[]) {
    super(sources, 'any');
    this.$tags = tags;
  }

  $look(sources: readonly unknown[]): void {
    const index = sources.findIndex(isSettled);
    if (index < 0) return;
    const source = sources[index];
    if (source instanceof Awaitable && source.failed) this.$failAs(source);
    else this.complete({ tag: this.$tags[index], value: valueOf(source) });
    for (const other of sources)
      if (other instanceof Awaitable && other !== source) other.$decline();
  }
}

persistable(Combinator, { id: 'runtime#Combinator' });
persistable(All, { id: 'runtime#All' });
persistable(Any, { id: 'runtime#Any' });

/** The values of all, in their order, or the first error. */
export function all<const L extends readonly unknown[]>(
  list: L,
): Awaitable<{ -readonly [K in keyof L]: Awaited<L[K]> }>;
export function all(list: readonly unknown[]): Awaitable<unknown> {
  const combined = new All([...list], 'all');
  combined.$attach();
  return combined;
}

/**
 * The first to settle, with its name. The others are not cancelled, only no longer waited for; a
 * sleep that nobody waits for gives back its timer.
 */
export function any<R extends Record<string, unknown>>(
  race: R,
): Awaitable<{ [K in keyof R]: { tag: K; value: Awaited<R[K]> } }[keyof R]>;
export function any(race: Record<string, unknown>): Awaitable<unknown> {
  const tags = Object.keys(race);
  assert(tags.length > 0, 'any() of nothing would never settle');
  const combined = new Any(Object.values(race), tags);
  combined.$attach();
  return combined;
}

function isSettled(source: unknown): boolean {
  return !(source instanceof Awaitable) || source.settled;
}

function valueOf(source: unknown): unknown {
  if (!(source instanceof Awaitable)) return source;
  source.$take();
  return source.$value;
}

function pendingIn(sources: readonly unknown[] | undefined): Awaitable<unknown>[] {
  const pending = new Set<Awaitable<unknown>>();
  for (const source of sources ?? []) {
    if (source instanceof Awaitable && !source.settled) pending.add(source);
  }
  return [...pending];
}
