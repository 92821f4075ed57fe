import { Awaitable, type Waiter } from '#core/persistent/engine/awaitable.ts';
import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';

import { StreamEndError } from './next.ts';
import { Queue } from './queue.ts';
import { Stream } from './stream.ts';

/** What a compiled `for await` steps over: `while (await cursor.$more()) … cursor.$value`. */
export interface $StreamCursor {
  /** Settles with false at the end. */
  $more(): Awaitable<boolean>;
  readonly $value: unknown;
  /** The loop was left. */
  $close(): void;
}

/** One step: true with the next value, false at the end. */
class Step extends Awaitable<boolean> implements Waiter {
  readonly $cursor: StepCursor;
  readonly $source: Awaitable<unknown>;

  constructor(cursor: StepCursor, source: Awaitable<unknown>) {
    super();
    this.$cursor = cursor;
    this.$source = source;
    if (source.settled) this.$notify();
    else source.$subscribe(this);
  }

  $notify(): void {
    const source = this.$source;
    if (source.$error instanceof StreamEndError && this.$cursor.$endsQuietly) {
      source.$take();
      this.complete(false);
    } else if (source.failed) {
      this.$failAs(source);
    } else {
      source.$take();
      written(this.$cursor).$value = source.$value;
      this.complete(true);
    }
  }
}

abstract class StepCursor implements $StreamCursor {
  $value: unknown = undefined;
  abstract readonly $endsQuietly: boolean;
  abstract $more(): Awaitable<boolean>;
  abstract $close(): void;
}

/** Over a queue; closes it at the end if it was made for the loop. */
class QueueCursor extends StepCursor {
  readonly $endsQuietly = true;
  readonly $queue: Queue<unknown>;
  readonly $isOwn: boolean;

  constructor(queue: Queue<unknown>, isOwn: boolean) {
    super();
    this.$queue = queue;
    this.$isOwn = isOwn;
  }

  $more(): Awaitable<boolean> {
    return new Step(this, this.$queue.next());
  }

  $close(): void {
    if (this.$isOwn) this.$queue.dispose();
  }
}

/** Over a copy of the elements of anything else, each awaited. */
class AwaitingCursor extends StepCursor {
  readonly $endsQuietly = false;
  readonly $elements: readonly unknown[];
  $next = 0;

  constructor(elements: readonly unknown[]) {
    super();
    this.$elements = elements;
  }

  $more(): Awaitable<boolean> {
    const isOver = this.$next >= this.$elements.length;
    if (isOver) return settledWith(false);
    const element = this.$elements[written(this).$next++];
    return new Step(this, element instanceof Awaitable ? element : settledWith(element));
  }

  $close(): void {
    // Nothing was opened.
  }
}

persistable(Step, { id: 'runtime#Step' });
persistable(StepCursor, { id: 'runtime#StepCursor' });
persistable(QueueCursor, { id: 'runtime#QueueCursor' });
persistable(AwaitingCursor, { id: 'runtime#AwaitingCursor' });

/** For a `for await` loop. A stream is queued from here on, so that no event is missed between two steps. */
export function $stream(
  subject: Stream<unknown> | Queue<unknown> | Iterable<unknown>,
): $StreamCursor {
  if (subject instanceof Queue) return new QueueCursor(subject, false);
  if (subject instanceof Stream) return new QueueCursor(subject.queue(), true);
  return new AwaitingCursor([...subject]);
}

function settledWith<T>(value: T): Awaitable<T> {
  const awaitable = new Awaitable<T>();
  awaitable.complete(value);
  return awaitable;
}
