/** A source of events as native code has it: each loop over it has a queue of its own. */
export class NativeSource implements AsyncIterable<unknown> {
  readonly #queues = new Set<NativeQueue>();

  emit(value: unknown): void {
    for (const queue of this.#queues) queue.put({ done: false, value });
  }

  end(): void {
    for (const queue of this.#queues) queue.put({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    const queue = new NativeQueue(() => this.#queues.delete(queue));
    this.#queues.add(queue);
    return queue;
  }
}

type Item = IteratorResult<unknown>;

class NativeQueue implements AsyncIterator<unknown> {
  readonly #items: Item[] = [];
  readonly #takers: ((item: Item) => void)[] = [];
  readonly #dispose: () => void;

  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }

  put(item: Item): void {
    const taker = this.#takers.shift();
    if (taker) taker(item);
    else this.#items.push(item);
  }

  next(): Promise<Item> {
    const item = this.#items.shift();
    return item ? Promise.resolve(item) : new Promise((resolve) => this.#takers.push(resolve));
  }

  return(): Promise<Item> {
    this.#dispose();
    return Promise.resolve({ done: true, value: undefined });
  }
}
