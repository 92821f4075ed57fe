import { written } from '#core/persistent/store/barrier.ts';
import { persistable } from '#core/persistent/store/class-kind.ts';

/** What a compiled loop steps over: an iterator that can be stored between two steps. */
export interface $Cursor {
  /** Steps on; false at the end. */
  $more(): boolean;
  readonly $value: unknown;
}

/** Over an array as it is at each step, or over a copy of anything else. */
class ElementCursor implements $Cursor {
  readonly $elements: readonly unknown[];
  $next = 0;
  $value: unknown = undefined;

  constructor(elements: readonly unknown[]) {
    this.$elements = elements;
  }

  $more(): boolean {
    written(this);
    const hasMore = this.$next < this.$elements.length;
    this.$value = hasMore ? this.$elements[this.$next++] : undefined;
    return hasMore;
  }
}

/** Over the keys an object had at the start and still has. */
class KeyCursor implements $Cursor {
  readonly $object: object;
  readonly $keys: readonly string[];
  $next = 0;
  $value: unknown = undefined;

  constructor(object: object) {
    this.$object = object;
    this.$keys = enumerableKeysOf(object);
  }

  $more(): boolean {
    written(this);
    while (this.$next < this.$keys.length) {
      const key = this.$keys[this.$next++];
      if (key === undefined || !(key in this.$object)) continue;
      this.$value = key;
      return true;
    }
    this.$value = undefined;
    return false;
  }
}

persistable(ElementCursor, { id: 'runtime#ElementCursor' });
persistable(KeyCursor, { id: 'runtime#KeyCursor' });

/** For a for-of loop: arrays by reference, everything else by a copy made now. */
export function $iterate(elements: Iterable<unknown>): $Cursor {
  return new ElementCursor(Array.isArray(elements) ? elements : [...elements]);
}

/** For a for-in loop. */
export function $keys(o: object): $Cursor {
  return new KeyCursor(o);
}

function enumerableKeysOf(o: object): string[] {
  const keys: string[] = [];
  // Inherited ones too, as for-in has it.
  for (const key in o) keys.push(key);
  return keys;
}
