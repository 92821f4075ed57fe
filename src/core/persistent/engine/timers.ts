import { persistable } from '#core/persistent/store/class-kind.ts';
import type { Pins } from '#core/persistent/store/graph-store.ts';

import { ambient } from './ambient.ts';
import { Awaitable, type Waiter } from './awaitable.ts';

/** A timer: completed by the engine at an absolute time. */
export class Sleep extends Awaitable {
  readonly $dueUs: number;
  /** Creation order among the timers of an engine, 0 while it is not armed. Transient. */
  $order: number | undefined = undefined;

  constructor(dueUs: number) {
    super();
    this.$dueUs = dueUs;
    ambient('sleep()').arm(this);
  }

  override $subscribe(waiter: Waiter): void {
    super.$subscribe(waiter);
    if (this.$order === undefined) ambient('sleep()').arm(this);
  }

  /** Nobody waits any more: the timer is given back, and armed again if somebody comes back. */
  override $abandon(): void {
    ambient('a cancelled sleep').disarm(this);
  }
}

persistable(Sleep, { id: 'runtime#Sleep', transient: ['$order'] });

/** The armed timers of an engine, by due time, then creation. */
export class Timers implements Pins {
  readonly #queue: Sleep[] = [];
  readonly #added = new Set<Sleep>();
  readonly #removed = new Set<Sleep>();
  #created = 0;

  /** Timers from a storage log, in its order. */
  restore(sleeps: readonly Sleep[]): void {
    for (const sleep of sleeps) this.arm(sleep);
    this.saved();
  }

  arm(sleep: Sleep): void {
    sleep.$order = ++this.#created;
    this.#queue.splice(this.#placeOf(sleep), 0, sleep);
    this.#added.add(sleep);
  }

  disarm(sleep: Sleep): void {
    if (sleep.$order === undefined) return;
    this.#queue.splice(this.#placeOf(sleep), 1);
    sleep.$order = undefined;
    if (!this.#added.delete(sleep)) this.#removed.add(sleep);
  }

  get first(): Sleep | undefined {
    return this.#queue[0];
  }

  get all(): readonly Sleep[] {
    return this.#queue;
  }

  get added(): readonly Sleep[] {
    return [...this.#added];
  }

  get removed(): readonly Sleep[] {
    return [...this.#removed];
  }

  /** What was added and removed is in a record. */
  saved(): void {
    this.#added.clear();
    this.#removed.clear();
  }

  /** Where the timer stands, or would stand. */
  #placeOf({ $dueUs, $order = 0 }: Sleep): number {
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#queue[middle];
      const isBefore =
        other !== undefined &&
        (other.$dueUs < $dueUs || (other.$dueUs === $dueUs && (other.$order ?? 0) < $order));
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
