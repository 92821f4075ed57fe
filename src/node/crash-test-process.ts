// A process that runs a program: it lives in a context of its own and knows only what its records say.
import { Awaitable, Engine, verifying } from '#core/persistent/index.ts';

import { Killed, watchSuspensions } from './crash-test-runtime.ts';
import { portable } from './crash-test-values.ts';

/** What one turn did. */
export interface Turn {
  readonly posted: readonly unknown[];
  /** Errors that nobody awaited. */
  readonly failures: readonly Thrown[];
  /** Places of the awaits at which a function suspended. */
  readonly suspended: readonly string[];
  readonly outcome: Outcome;
}

export interface Thrown {
  readonly name: string;
  readonly message: string;
}

/** What has become of `main`. */
export type Outcome =
  | { readonly kind: 'pending'; readonly waitsAt: string }
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: Thrown };

export type Main = () => unknown;

const ROOT = 'main';

export class Process {
  readonly #main: Main;
  readonly #engine: Engine;
  readonly #isFresh: boolean;
  #failures: { readonly error: unknown; readonly text: Thrown }[] = [];
  #broken: Thrown | undefined;

  /** A process that finds these records on its disk. */
  constructor(main: Main, records: readonly Uint8Array[], verify: boolean) {
    const options = {
      seed: 'crash-test',
      ...(verify && { verify: verifying }),
      onError: ({ cause, message }: Error) =>
        void this.#failures.push({ error: cause, text: { name: thrown(cause).name, message } }),
    };
    this.#main = main;
    this.#isFresh = records.length === 0;
    const copies = records.map((record) => new Uint8Array(record));
    this.#engine = this.#isFresh ? Engine.create(options) : Engine.restore(copies, options);
  }

  /** Runs `main`, or fires the first timer; dies at the await of that number. Undefined: at rest. */
  turn(isFirst: boolean, killAt = Infinity): Turn | 'killed' | undefined {
    const { nextTimerUs } = this.#engine;
    if (this.#broken || (!isFirst && nextTimerUs === undefined)) return undefined;
    const suspended: string[] = [];
    watchSuspensions((where) => {
      suspended.push(where);
      if (suspended.length === killAt) throw new Killed(where);
    });
    this.#failures = [];
    let posted: readonly unknown[] = [];
    try {
      posted = isFirst ? this.#start() : this.#engine.fireTimer(nextTimerUs ?? 0);
    } catch (error) {
      if (error instanceof Killed) return 'killed';
      this.#broken = thrown(error);
    }
    const outcome = this.outcome();
    return { posted, failures: this.#unexpected(), suspended, outcome };
  }

  outcome(): Outcome {
    if (this.#broken) return { kind: 'threw', error: this.#broken };
    const result = this.#result();
    if (result.failed) return { kind: 'threw', error: thrown(result.$error) };
    if (result.settled) return { kind: 'returned', value: result.value };
    const waiting = this.#engine.workflows().map((w) => `${w.file}:${w.line}:${w.column}`);
    return { kind: 'pending', waitsAt: waiting.join(', ') };
  }

  /** Whether a turn has failed so that nothing of it may be stored. */
  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  commit(turn: number): Uint8Array {
    return this.#engine.commit(turn);
  }

  compact(turn: number): Uint8Array {
    return this.#engine.compact(turn);
  }

  #start(): readonly unknown[] {
    return this.#engine.turn(0, () => {
      const returned = this.#main();
      const result = returned instanceof Awaitable ? returned : new Awaitable<unknown>();
      if (result !== returned) result.complete(returned);
      this.#engine.attach(ROOT, result);
    });
  }

  #result(): Awaitable<unknown> {
    return this.#engine.resolve<Awaitable<unknown>>(ROOT);
  }

  /** The failures of this turn, without the one that `main` itself ends with. */
  #unexpected(): Thrown[] {
    const own = this.#broken ? undefined : this.#result();
    const isOwn = (error: unknown): boolean => own?.failed === true && own.$error === error;
    return this.#failures.filter(({ error }) => !isOwn(error)).map(({ text }) => text);
  }
}

function thrown(error: unknown): Thrown {
  if (error instanceof Error) return { name: error.name, message: error.message };
  const message = typeof error === 'string' ? error : JSON.stringify(portable(error));
  return { name: typeof error, message };
}
