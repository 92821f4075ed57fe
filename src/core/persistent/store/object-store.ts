import { GraphStore, type StoreOptions } from './graph-store.ts';
import { StorageLog } from './storage-log.ts';
import type { StorageEngine } from './storage.ts';
import { StoreError } from './store-error.ts';
import { verifying } from './verifier.ts';

type Options = Omit<StoreOptions, 'verify'>;

/** A class, or Function. */
type TypeOf<T> = abstract new (...parameters: never[]) => T;

const NAME = 'roots';
const NO_TIMERS = { all: [], added: [], removed: [] };

/** Objects attached under a name, and those attached as they are. */
interface Roots {
  readonly named: Map<string, unknown>;
  readonly anonymous: Set<unknown>;
}

/**
 * A graph of objects in a storage, without an engine: delegates, closures and suspended calls
 * included. Anybody may write the objects; `persist` finds what has changed by comparing all.
 */
export class ObjectStore {
  readonly #log: StorageLog;
  #graph: GraphStore;
  #roots: Roots = { named: new Map(), anonymous: new Set() };
  #isNew = true;
  #turn = 0;

  /** For an empty storage. */
  constructor(storage: StorageEngine, options: Options = {}) {
    this.#log = new StorageLog(storage);
    this.#graph = new GraphStore({ ...options, verify: verifying });
    this.#graph.attach(NAME, this.#roots);
  }

  /** The graph that was persisted last. Throws StoreError when there is none, or it is harmed. */
  static async load(storage: StorageEngine, options: Options = {}): Promise<ObjectStore> {
    const opened = new ObjectStore(storage, options);
    const records = await opened.#log.load();
    const { store, state } = GraphStore.load(records, { ...options, verify: verifying });
    opened.#graph = store;
    opened.#roots = rootsFrom(store.root(NAME));
    opened.#isNew = false;
    opened.#turn = state.turn;
    return opened;
  }

  /** Makes an object or function, and all it leads to, part of the graph. */
  attach(root: object): void;
  attach(name: string, root: object): void;
  attach(...[first, second]: readonly [object] | readonly [string, object]): void {
    if (typeof first === 'string') this.#roots.named.set(first, second);
    else this.#roots.anonymous.add(first);
  }

  /** Takes back an attach: what nothing else leads to is garbage. */
  detach(root: object | string): void {
    if (typeof root === 'string') this.#roots.named.delete(root);
    else this.#roots.anonymous.delete(root);
  }

  /** Makes all that has changed durable, in one step. */
  async persist(): Promise<void> {
    if (this.#isNew && (await this.#log.load()).length > 0) {
      throw new StoreError('the storage holds a graph already: ObjectStore.load() it');
    }
    this.#isNew = false;
    this.#graph.markChanges();
    const state = { turn: this.#turn + 1, timeUs: 0, draws: 0 };
    await this.#log.write({
      delta: () => this.#graph.delta(state, NO_TIMERS),
      compact: () => this.#graph.snapshot(state, NO_TIMERS, true),
    });
    this.#turn = state.turn;
  }

  /** What was attached under this name, or the one thing attached that is of this type. */
  resolve<T>(wanted: string | TypeOf<T>): T;
  resolve(wanted: string | TypeOf<unknown>): unknown {
    if (typeof wanted === 'string') {
      const { named } = this.#roots;
      if (!named.has(wanted)) throw new StoreError(`nothing is attached as '${wanted}'`);
      return named.get(wanted);
    }
    const found = this.resolveAll(wanted);
    if (found.length !== 1) {
      throw new StoreError(`${found.length} things of type ${wanted.name} are attached, not one`);
    }
    return found[0];
  }

  /** Everything attached that is of this type. */
  resolveAll<T>(type: TypeOf<T>): readonly T[] {
    const roots = [...this.#roots.named.values(), ...this.#roots.anonymous];
    return roots.filter((root): root is T => root instanceof type);
  }
}

function rootsFrom(o: object): Roots {
  const named: unknown = Reflect.get(o, 'named');
  const anonymous: unknown = Reflect.get(o, 'anonymous');
  if (named instanceof Map && anonymous instanceof Set) return { named, anonymous };
  throw new StoreError('the storage was not written by an ObjectStore');
}
