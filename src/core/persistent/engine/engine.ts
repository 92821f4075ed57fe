import { assert, defined } from '#core/base/assert.ts';
import { activateBarrier } from '#core/persistent/store/barrier.ts';
import { GraphStore } from '#core/persistent/store/graph-store.ts';
import type { Place } from '#core/persistent/store/graph-walk.ts';
import type { EngineState } from '#core/persistent/store/log-image.ts';
import { printValue } from '#core/persistent/store/print.ts';
import type { Verifier } from '#core/persistent/store/verifier.ts';

import { type Ambient, ambientIfAny, type Draw, setAmbient } from './ambient.ts';
import type { Awaitable } from './awaitable.ts';
import { resume } from './call.ts';
import { Delivery } from './delivery.ts';
import type { $Frame } from './frame.ts';
import { Sleep, Timers } from './timers.ts';
import type { WorkflowError } from './workflow-error.ts';
import { type WorkflowView, workflowsIn } from './workflows.ts';

export interface EngineOptions {
  /** Keys random(); a restarted process passes another, with its incarnation. */
  readonly seed: string;
  /** Not stored: referred to by name, and supplied again at restore. */
  readonly externals?: Readonly<Record<string, object>>;
  /** Compare everything at each commit, to find writes that bypassed the barrier. */
  readonly verify?: () => Verifier;
  /** Takes failures nobody has awaited by the end of a turn. Without it turn() throws them. */
  readonly onError?: (error: WorkflowError) => void;
}

/** An object that a record has, printed. */
export interface ObjectChange {
  readonly id: number;
  readonly kind: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, string>>;
}

type StoredPlace = Pick<Place, 'object' | 'kind'> & { readonly id: number };

interface Failure {
  readonly error: WorkflowError;
  isHandled: boolean;
}

/** More than any turn of a sane program. */
const RESUMPTIONS_MAX = 10_000_000;

/**
 * Runs persistent code turn by turn, and writes down after each what has changed.
 *
 * A turn is synchronous: an input, then everything it makes ready, first come first served, until
 * nothing is. The host stores the record of `commit`, and only then releases the outputs.
 */
export class Engine implements Ambient {
  readonly #store: GraphStore;
  readonly #timers = new Timers();
  readonly #seed: string;
  readonly #onError: ((error: WorkflowError) => void) | undefined;
  readonly #ready: ($Frame | Delivery)[] = [];
  readonly #readySources: (Awaitable<unknown> | undefined)[] = [];
  /** Of this turn; those that somebody has seen to are kept to know where an error came from. */
  readonly #failures = new Map<Awaitable<unknown>, Failure>();
  #outputs: unknown[] = [];
  #nowUs = 0;
  #draws = 0;
  #turn = 0;
  #delivery = 0;
  #nextDelivery = 0;
  #isBroken = false;

  private constructor({ seed, onError }: EngineOptions, store: GraphStore) {
    this.#store = store;
    this.#seed = seed;
    this.#onError = onError;
  }

  /** An engine with nothing in it. */
  static create(options: EngineOptions): Engine {
    return new Engine(options, new GraphStore(options));
  }

  /** The engine that wrote these records, where it stood after the last. Throws StoreError. */
  static restore(records: readonly Uint8Array[], options: EngineOptions): Engine {
    const { store, state, pins } = GraphStore.load(records, options);
    const engine = new Engine(options, store);
    engine.#nowUs = state.timeUs;
    engine.#draws = state.draws;
    engine.#turn = state.turn;
    engine.#timers.restore(pins.filter((pin) => pin instanceof Sleep));
    return engine;
  }

  /**
   * One turn: `input`, and all that follows from it. Hands out the outputs, in order.
   *
   * When it throws, the engine is broken: nothing of the turn must be stored or sent.
   */
  turn(nowUs: number, input: () => void): readonly unknown[] {
    this.#assertUsable();
    assert(
      Number.isSafeInteger(nowUs) && nowUs >= this.#nowUs,
      `time does not go back to ${nowUs}`,
    );
    this.#nowUs = nowUs;
    this.#outputs = [];
    this.#isBroken = true;
    setAmbient(this);
    activateBarrier(this.#store);
    try {
      input();
      this.#run();
      this.#surfaceFailures();
      this.#isBroken = false;
    } finally {
      setAmbient(undefined);
      activateBarrier(undefined);
    }
    return this.#outputs;
  }

  /** One turn: the first timer that is due, by due time, then creation. */
  fireTimer(nowUs: number): readonly unknown[] {
    const timer = defined(this.#timers.first, 'a timer is armed');
    assert(timer.$dueUs <= nowUs, `the first timer is due at ${timer.$dueUs}, not at ${nowUs}`);
    return this.turn(nowUs, () => {
      this.#timers.disarm(timer);
      timer.complete();
    });
  }

  get nextTimerUs(): number | undefined {
    return this.#timers.first?.$dueUs;
  }

  /** One record: everything that changed since the last, and the number of the turn. */
  commit(turn: number): Uint8Array {
    const record = this.#store.delta(this.#stateAt(turn), this.#timers);
    this.#timers.saved();
    this.#turn = turn;
    return record;
  }

  /**
   * One record that restores to the same graph, without garbage. Same graph, same bytes. The
   * storage log goes on as if it had not been made.
   */
  snapshot(turn: number): Uint8Array {
    return this.#store.snapshot(this.#stateAt(turn), this.#timers, false);
  }

  /** As `snapshot`, but the storage log begins anew with it: `storage.reset(engine.compact(turn))`. */
  compact(turn: number): Uint8Array {
    const record = this.#store.snapshot(this.#stateAt(turn), this.#timers, true);
    this.#timers.saved();
    this.#turn = turn;
    return record;
  }

  /** The number given to the last commit, or found by restore. */
  get turnOfLastRecord(): number {
    return this.#turn;
  }

  /** Makes `root` and all it leads to persistent, under a name. */
  attach(name: string, root: object): void {
    this.#store.attach(name, root);
  }

  /** What was attached under this name. */
  resolve<T>(name: string): T;
  resolve(name: string): unknown {
    return this.#store.root(name);
  }

  /** What was attached under this name, if anything was. */
  find(name: string): object | undefined {
    return this.#store.findRoot(name);
  }

  /** Every suspended function that is not garbage. */
  workflows(): readonly WorkflowView[] {
    return workflowsIn(this.#store.places(this.#timers.all), (o) => this.#store.idOf(o));
  }

  /** What the last record contains, as it is now: call it before the next turn. */
  lastCommit(): readonly ObjectChange[] {
    return this.#printed(this.#store.written);
  }

  /** Every object that is not garbage and that a record has, as it is now. */
  objects(): readonly ObjectChange[] {
    const stored: StoredPlace[] = [];
    for (const { object, kind } of this.#store.places(this.#timers.all)) {
      const id = this.#store.idOf(object);
      if (id !== undefined) stored.push({ object, kind, id });
    }
    return this.#printed(stored);
  }

  /** For the runtime: the time of the turn. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** For the runtime. */
  resume(frame: $Frame, source: Awaitable<unknown>): void {
    this.#ready.push(frame);
    this.#readySources.push(source);
  }

  /** For the runtime. */
  deliver(step: () => void): void {
    this.#ready.push(new Delivery(this.#nextDelivery++, step));
    this.#readySources.push(undefined);
  }

  /** For the runtime. */
  get delivery(): number {
    return this.#delivery;
  }

  /** For the runtime. */
  get nextDelivery(): number {
    return this.#nextDelivery;
  }

  /** For the runtime. */
  arm(sleep: Sleep): void {
    this.#timers.arm(sleep);
  }

  /** For the runtime. */
  disarm(sleep: Sleep): void {
    this.#timers.disarm(sleep);
  }

  /** For the runtime. */
  draw(): Draw {
    return { seed: this.#seed, index: this.#draws++ };
  }

  /** For the runtime. */
  post(output: unknown): void {
    this.#outputs.push(output);
  }

  /** For the runtime. */
  failed(result: Awaitable<unknown>, error: WorkflowError): void {
    this.#failures.set(result, { error, isHandled: false });
  }

  /** For the runtime. */
  handled(result: Awaitable<unknown>): void {
    const failure = this.#failures.get(result);
    if (failure !== undefined) failure.isHandled = true;
  }

  /** For the runtime. */
  originOf(result: Awaitable<unknown>): WorkflowError | undefined {
    return this.#failures.get(result)?.error;
  }

  #printed(places: readonly StoredPlace[]): ObjectChange[] {
    const idOf = (o: object): number | undefined => this.#store.idOf(o);
    return places.map(({ object, id, kind }) => {
      const fields: Record<string, string> = {};
      kind.edges(object, (label, value) => {
        if (label !== '[key]') fields[String(label)] = printValue(value, idOf);
      });
      return { id, kind: kind.name, type: kind.type(object), fields };
    });
  }

  #run(): void {
    const ready = this.#ready;
    const sources = this.#readySources;
    for (let i = 0; i < ready.length; i++) {
      assert(i < RESUMPTIONS_MAX, 'a turn comes to rest');
      const next = ready[i];
      const source = sources[i];
      if (next instanceof Delivery) {
        this.#delivery = next.number;
        next.step();
      } else if (next !== undefined && source !== undefined) resume(next, source);
    }
    ready.length = 0;
    sources.length = 0;
  }

  #surfaceFailures(): void {
    if (this.#failures.size === 0) return;
    const failures = [...this.#failures.values()];
    this.#failures.clear();
    for (const { error, isHandled } of failures) {
      if (isHandled) continue;
      if (this.#onError === undefined) throw error;
      this.#onError(error);
    }
  }

  #stateAt(turn: number): EngineState {
    this.#assertUsable();
    assert(Number.isSafeInteger(turn) && turn >= 0, `${turn} is not the number of a turn`);
    return { turn, timeUs: this.#nowUs, draws: this.#draws };
  }

  #assertUsable(): void {
    assert(ambientIfAny() === undefined, 'turns do not nest, and commits lie between them');
    assert(!this.#isBroken, 'an engine whose turn has failed is not used again');
  }
}
