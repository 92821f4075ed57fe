import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';

import { Awaitable } from './awaitable.ts';

/** A monitor's condition: `while (!ready()) await condition.changed()`. */
export class Condition {
  $next: Awaitable | undefined = undefined;

  /** Settles at the next `notify`. */
  changed(): Awaitable {
    written(this);
    this.$next ??= new Awaitable();
    return this.$next;
  }

  /** Lets everybody who waits look again. */
  notify(): void {
    const next = this.$next;
    if (next === undefined) return;
    written(this);
    this.$next = undefined;
    next.complete();
  }
}

persistable(Condition, { id: 'runtime#Condition' });
