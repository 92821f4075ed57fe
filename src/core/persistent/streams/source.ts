import { ambient } from '#core/persistent/engine/ambient.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';

import { Stream } from './stream.ts';

/** A stream into which the program emits. */
export class Source<T> extends Stream<T> {
  /**
   * Delivers `value` in this turn, after all that is ready already, to those who observe by now.
   * Returns before: nothing runs inside of emit.
   */
  emit(value: T): void {
    ambient('emit()').deliver(() => this.$emit(value));
  }

  /** There will be no more events, once those under way are delivered. */
  end(): void {
    ambient('end()').deliver(() => this.$close());
  }
}

persistable(Source, { id: 'runtime#Source' });
