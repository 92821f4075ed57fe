import { assert } from '#core/base/assert.ts';
import { StorageLog } from '#core/persistent/store/storage-log.ts';
import type { StorageEngine } from '#core/persistent/store/storage.ts';
import { StoreError } from '#core/persistent/store/store-error.ts';

import { Awaitable } from './awaitable.ts';
import { BUILD, buildIn, restored } from './build.ts';
import { $pass } from './call.ts';
import type { Clock } from './clock.ts';
import { Engine, type EngineOptions } from './engine.ts';
import { Effect, failEffect, Letter, Outside } from './outside.ts';
import { owned, type OwnerLock } from './owner-lock.ts';

/** Does something outside. `id` is the same whenever it is asked for: what was done is not done again. */
type EffectHandler = (id: string, ...parameters: never[]) => unknown;

export interface ApplicationOptions extends EngineOptions {
  readonly storage: StorageEngine;
  readonly clock: Clock;
  /** Without it the host makes sure that the storage is opened once. */
  readonly owner?: OwnerLock;
  /** What `external` may ask for, by name. */
  readonly effects?: Readonly<Record<string, EffectHandler>>;
  /** Takes what was posted, when it is durable. */
  readonly onOutput?: (output: unknown) => void;
  /** Takes letters of the outbox, when they are durable, and after a restart again. */
  readonly onLetter?: (letter: Letter) => void;
  /** Told once when the application stops because a turn or a commit has failed. */
  readonly onFailure?: (error: unknown) => void;
  /** Name of this edition of the program, for those who read that stored state does not fit it. */
  readonly build?: string;
}

/** The first turn: begins workflows, attaches what is to be found again. */
export type Main = (engine: Engine) => void;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

type Opening = (log: StorageLog, records: readonly Uint8Array[]) => Promise<Application>;

/** What has happened since the last commit began. */
class Batch {
  readonly outputs: unknown[] = [];
  readonly waiting: Waiting[] = [];
  hasTurns = false;
}

/**
 * An engine with a storage, a clock and a world outside.
 *
 * Turns go on while a commit is on its way; the next commit takes them all. What a turn gives out is
 * released when a commit that contains the turn is durable, never before. After a failure nothing is
 * released any more; the storage has the last complete commit, from which `continue` goes on.
 */
export class Application {
  /** To look at: what is attached, workflows, a snapshot. Turns are run by `schedule`. */
  readonly engine: Engine;
  readonly #options: ApplicationOptions;
  readonly #log: StorageLog;
  #batch = new Batch();
  #isCommitting = false;
  #isClosed = false;
  #failure: { readonly error: unknown } | undefined;
  #cancelTimer: (() => void) | undefined;
  #disown: (() => void) | undefined;
  #turn: number;

  private constructor(options: ApplicationOptions, engine: Engine, log: StorageLog) {
    this.#options = options;
    this.engine = engine;
    this.#log = log;
    this.#turn = engine.turnOfLastRecord;
  }

  /** Begins with an empty storage, and `main` as the first turn. */
  static start(options: ApplicationOptions, main: Main): Promise<Application> {
    return Application.#owning(options, (log, records) => {
      if (records.length === 0) return Application.#begin(options, log, main);
      throw new StoreError('the storage holds an application already: continue it');
    });
  }

  /** Goes on with what is stored. */
  static continue(options: ApplicationOptions): Promise<Application> {
    return Application.#owning(options, (log, records) => {
      if (records.length > 0) return Application.#goOn(options, log, records);
      throw new StoreError('the storage is empty: there is nothing to continue');
    });
  }

  /** Starts or continues, whichever the storage calls for. */
  static open(options: ApplicationOptions, main: Main): Promise<Application> {
    return Application.#owning(options, (log, records) =>
      records.length === 0
        ? Application.#begin(options, log, main)
        : Application.#goOn(options, log, records),
    );
  }

  /** Looks into the storage only as its owner. */
  static async #owning(options: ApplicationOptions, open: Opening): Promise<Application> {
    const disown = options.owner === undefined ? undefined : await owned(options.owner);
    try {
      const log = new StorageLog(options.storage);
      const application = await open(log, await log.load());
      application.#disown = disown;
      return application;
    } catch (error) {
      disown?.();
      throw error;
    }
  }

  static async #begin(
    options: ApplicationOptions,
    log: StorageLog,
    main: Main,
  ): Promise<Application> {
    const engine = Engine.create(options);
    engine.attach(BUILD, { id: options.build ?? '' });
    const application = new Application(options, engine, log);
    application.#run(() => main(engine));
    await application.sync();
    return application;
  }

  static async #goOn(
    options: ApplicationOptions,
    log: StorageLog,
    records: readonly Uint8Array[],
  ): Promise<Application> {
    const engine = restored(records, options, options.build ?? '');
    const application = new Application(options, engine, log);
    const { build = '' } = options;
    application.#run(() => {
      if (buildIn(engine.resolve(BUILD)) !== build) engine.attach(BUILD, { id: build });
    });
    await application.sync();
    const { letters, effects } = Outside.of(engine);
    application.#release([...letters.values(), ...effects.values()]);
    return application;
  }

  /** Runs `f` as a turn. Settles when its outcome, an awaited one too, is durable. */
  async schedule<T>(f: () => T | PromiseLike<T>): Promise<T> {
    let outcome: (() => T | PromiseLike<T>) | undefined;
    this.#run(() => {
      try {
        const value = f();
        // Asked for in the turn, so that its failure counts as seen to.
        const later = value instanceof Awaitable ? value.then((settled: T) => settled) : undefined;
        later?.catch(() => undefined);
        outcome = () => later ?? value;
      } catch (error) {
        $pass(error);
        outcome = () => {
          throw error;
        };
      }
    });
    await this.sync();
    assert(outcome !== undefined, 'a turn that has ended has run its input');
    try {
      return await outcome();
    } finally {
      await this.sync();
    }
  }

  /** Settles when everything so far is durable and released. */
  async sync(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (!this.#isCommitting && !this.#batch.hasTurns) return;
    await new Promise<void>((resolve, reject) => {
      this.#batch.waiting.push({ resolve, reject });
    });
  }

  /** Ends in good order: everything durable, no timer, the storage closed. */
  async dispose(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelTimer?.();
    try {
      await this.sync();
    } finally {
      await this.#log.close();
      this.#disown?.();
    }
  }

  #run(input: () => void): void {
    this.#turns(() => this.engine.turn(this.#nowUs, input));
  }

  #turns(run: () => readonly unknown[]): void {
    if (this.#failure !== undefined) {
      throw new Error('the application has failed', { cause: this.#failure.error });
    }
    assert(!this.#isClosed, 'a disposed application has no turns');
    try {
      this.#batch.outputs.push(...run());
    } catch (error) {
      this.#fail(error);
      throw error;
    }
    this.#turn++;
    this.#batch.hasTurns = true;
    this.#armTimer();
    void this.#commit();
  }

  /** A clock of a host may be set back. */
  get #nowUs(): number {
    return Math.max(this.#options.clock.nowUs, this.engine.nowUs);
  }

  #armTimer(): void {
    this.#cancelTimer?.();
    const us = this.engine.nextTimerUs;
    this.#cancelTimer =
      us === undefined ? undefined : this.#options.clock.wakeAt(us, () => this.#fireTimers());
  }

  #fireTimers(): void {
    const isDue = (): boolean => (this.engine.nextTimerUs ?? Infinity) <= this.#nowUs;
    while (this.#failure === undefined && !this.#isClosed && isDue()) {
      try {
        this.#turns(() => this.engine.fireTimer(this.#nowUs));
      } catch (error) {
        if (!this.#hasFailedWith(error)) throw error;
      }
    }
    if (this.#failure === undefined && !this.#isClosed) this.#armTimer();
  }

  /** Commits until there is nothing left to commit. Its failure is the application's. */
  async #commit(): Promise<void> {
    if (this.#isCommitting) return;
    this.#isCommitting = true;
    let batch = this.#batch;
    try {
      while (batch.hasTurns || batch.waiting.length > 0) {
        this.#batch = new Batch();
        const turn = this.#turn;
        if (batch.hasTurns) {
          await this.#log.write({
            delta: () => this.engine.commit(turn),
            compact: () => this.engine.compact(turn),
          });
        }
        this.#release(batch.outputs);
        for (const { resolve } of batch.waiting) resolve();
        batch = this.#batch;
      }
    } catch (error) {
      this.#fail(error);
      for (const { reject } of batch.waiting) reject(this.#failure?.error);
    }
    this.#isCommitting = false;
  }

  #release(outputs: readonly unknown[]): void {
    const { onOutput, onLetter } = this.#options;
    for (const output of outputs) {
      if (output instanceof Letter) onLetter?.(output);
      else if (output instanceof Effect) void this.#perform(output);
      else onOutput?.(output);
    }
  }

  async #perform(effect: Effect): Promise<void> {
    const handler = this.#options.effects?.[effect.name];
    let settle: () => void;
    try {
      if (handler === undefined) throw new Error(`there is no effect '${effect.name}'`);
      const value: unknown = await Reflect.apply(handler, undefined, [
        effect.id,
        ...effect.parameters,
      ]);
      settle = () => effect.complete(value);
    } catch (error) {
      settle = () => failEffect(effect, error);
    }
    // Else it is open still, and will be asked for again.
    if (this.#isClosed || this.#failure !== undefined) return;
    this.#run(() => {
      Outside.of(this.engine).effects.delete(effect.id);
      settle();
    });
  }

  #hasFailedWith(error: unknown): boolean {
    return this.#failure !== undefined && this.#failure.error === error;
  }

  #fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    this.#cancelTimer?.();
    for (const { reject } of this.#batch.waiting) reject(error);
    this.#options.onFailure?.(error);
  }
}
