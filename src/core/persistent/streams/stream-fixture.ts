'use persistent';

import {
  any,
  Awaitable,
  post,
  type Queue,
  sleep,
  Source,
  type Stream,
} from '#core/persistent/index.ts';

export class Apple {
  readonly weight: number;

  constructor(weight: number) {
    this.weight = weight;
  }
}

export class Pear {
  readonly colour: string;

  constructor(colour: string) {
    this.colour = colour;
  }
}

/** Chains of every operator over two sources. */
export class Chains {
  readonly numbers = new Source<number>();
  readonly letters = new Source<string>();
  readonly fruit = new Source<Apple | Pear>();
  readonly end = new Awaitable();
  readonly log: unknown[] = [];
  queue: Queue<number> | undefined = undefined;
  kept: Stream<number> | undefined = undefined;
  subscription: { dispose(): void } | undefined = undefined;

  /** Observes the chain of this name. */
  observe(name: string): void {
    this.subscription = this.chain(name).subscribe((x) => this.log.push(x));
  }

  chain(name: string): Stream<unknown> {
    const { numbers } = this;
    const limit = 2;
    switch (name) {
      case 'where':
        return numbers.where((n) => n > limit);
      case 'map':
        return numbers.map((n) => `#${n}`);
      case 'scan':
        return numbers.scan(0, (sum, n) => sum + n);
      case 'ofType':
        return this.fruit.ofType(Apple).map((apple) => apple.weight);
      case 'distinctBy':
        return numbers.distinctBy((n) => n % limit);
      case 'count':
        return numbers.count();
      case 'max':
        return numbers.max();
      case 'min':
        return numbers.min();
      case 'take':
        return numbers.take(limit);
      case 'buffer':
        return numbers.buffer(limit);
      case 'buffer at the end':
        return numbers.take(3).buffer(limit);
      default:
        return this.otherChain(name);
    }
  }

  otherChain(name: string): Stream<unknown> {
    const { numbers, letters } = this;
    switch (name) {
      case 'merge':
        return numbers.merge(letters);
      case 'zip':
        return numbers.zip(letters);
      case 'debounce':
        return numbers.debounce(10);
      case 'do':
        return numbers.do((n) => this.log.push(-n));
      case 'schedule':
        return numbers.schedule();
      case 'disposeOn':
        return numbers.disposeOn(this.end);
      default:
        throw new Error(`there is no chain ${name}`);
    }
  }

  keep(): void {
    this.kept = this.numbers.where((n) => n > 0).map((n) => n * 10);
  }

  pin(): void {
    this.kept = this.numbers.count().pin();
  }

  observeKept(): void {
    this.kept?.subscribe((n) => this.log.push(n));
  }

  drop(): void {
    this.subscription?.dispose();
    this.subscription = undefined;
  }

  observeEphemerally(told: (n: number) => void): void {
    this.numbers.ephemeral().subscribe(told);
  }

  openQueue(): void {
    this.queue = this.numbers.queue();
  }

  async first(): Promise<void> {
    this.log.push(await this.numbers.where((n) => n > 1).next());
  }

  async inTime(): Promise<void> {
    try {
      this.log.push(await this.numbers.next(50));
    } catch (error) {
      this.log.push(String(error));
    }
  }

  async some(timeoutMs?: number): Promise<void> {
    this.log.push(await this.numbers.waitFor(3, timeoutMs));
  }

  async race(): Promise<void> {
    const { tag } = await any({ number: this.numbers.next(), letter: this.letters.next() });
    this.log.push(tag);
  }

  async drain(count: number): Promise<void> {
    const { queue } = this;
    if (queue === undefined) return;
    for (let i = 0; i < count; i++) {
      const { tag, value } = await any({ late: sleep(5), item: queue.next() });
      this.log.push(tag === 'item' ? value : tag);
    }
  }

  async raceQueues(): Promise<void> {
    const one = this.numbers.queue();
    const two = this.numbers.queue();
    this.numbers.emit(1);
    await sleep(1);
    const { tag } = await any({ one: one.next(), two: two.next() });
    this.log.push(tag, one.length, two.length);
    this.log.push(await two.next());
  }

  async echo(): Promise<void> {
    this.numbers.subscribe((n) => {
      this.log.push(`in ${n}`);
      if (n < 3) this.numbers.emit(n + 1);
      this.log.push(`out ${n}`);
    });
    this.numbers.subscribe((n) => this.log.push(`second ${n}`));
  }

  async answer(): Promise<void> {
    const number = await this.numbers.next();
    post(`got ${number}`);
    this.numbers.emit(number + 1);
    post(`then ${await this.numbers.next()}`);
  }

  early(): void {
    this.numbers.emit(1);
    void this.first();
    this.numbers.subscribe((n) => this.log.push(`early ${n}`));
    this.numbers.emit(2);
  }

  stumble(): void {
    this.numbers
      .map((n) => {
        if (n === 2) throw new RangeError('two');
        return n;
      })
      .subscribe((n) => this.log.push(n));
    this.numbers.subscribe((n) => this.log.push(`other ${n}`));
  }

  dropMidway(): void {
    const second = this.numbers.where(() => true).subscribe((n) => this.log.push(n));
    this.numbers.subscribe(() => second.dispose());
  }
}

/** Loops over streams; the log is of what each loop saw. */
export class Loops {
  readonly numbers = new Source<number>();
  readonly log: unknown[] = [];

  async some(limit: number): Promise<void> {
    for await (const n of this.numbers) {
      this.log.push(n);
      await sleep(1);
      if (n >= limit) break;
    }
    this.log.push('left');
  }

  async all(): Promise<void> {
    for await (const n of this.numbers.take(2)) this.log.push(`taken ${n}`);
    this.log.push('over');
  }
}
