/**
 * Decides whether the clients' history could have come from one copy of the service that executes each
 * operation at one instant between its call and its answer (I6 of the specification; Herlihy & Wing 1990).
 *
 * The search is that of Wing and Gong with the memory of Lowe: operations are linearized one after another,
 * a candidate being any that was called before the first outstanding answer; a pair (set of linearized
 * operations, state) that failed once is not entered again. Histories are split by independent part first.
 */
export interface HistoryOperation {
  readonly client: number;
  readonly operation: string;
  /** What the client was told; absent when it never got an answer, and then the operation may have happened or not. */
  readonly result?: string;
  readonly calledAtMs: number;
  readonly answeredAtMs?: number;
}

/** A sequential service: states are values whose text tells them apart. */
export interface SequentialModel<State> {
  readonly initial: State;
  apply(state: State, operation: string): { readonly state: State; readonly result: string };
  /** Equal text, equal state. */
  textOf(state: State): string;
  /** The part of the state that an operation touches alone; operations of different parts commute. */
  partOf(operation: string): string;
}

/** Why a history is not linearizable: the longest order found, and the operations that fit nowhere after it. */
export interface Unlinearizable {
  readonly part: string;
  readonly longest: readonly HistoryOperation[];
  readonly stuck: readonly HistoryOperation[];
}

/** The first part of `history` that no sequential order explains, or undefined when all of it is linearizable. */
export function unlinearizable<State>(
  history: readonly HistoryOperation[],
  model: SequentialModel<State>,
): Unlinearizable | undefined {
  for (const [part, operations] of partsOf(history, model)) {
    const found = new Search(operations, model).run();
    if (found !== undefined) return { part, ...found };
  }
  return undefined;
}

function partsOf<State>(
  history: readonly HistoryOperation[],
  model: SequentialModel<State>,
): ReadonlyMap<string, readonly HistoryOperation[]> {
  const parts = new Map<string, HistoryOperation[]>();
  for (const operation of history) {
    const part = model.partOf(operation.operation);
    const operations = parts.get(part);
    if (operations === undefined) parts.set(part, [operation]);
    else operations.push(operation);
  }
  return parts;
}

interface Choice<State> {
  readonly index: number;
  readonly before: State;
  readonly alternatives: number[];
}

class Search<State> {
  readonly #operations: readonly HistoryOperation[];
  readonly #model: SequentialModel<State>;
  readonly #done = new Set<number>();
  readonly #failed = new Set<string>();
  #longest: readonly number[] = [];

  constructor(operations: readonly HistoryOperation[], model: SequentialModel<State>) {
    this.#operations = [...operations].sort((a, b) => a.calledAtMs - b.calledAtMs);
    this.#model = model;
  }

  run(): Omit<Unlinearizable, 'part'> | undefined {
    const path: Choice<State>[] = [];
    let state = this.#model.initial;
    let alternatives = this.#candidates();
    while (!this.#complete()) {
      const index = alternatives.shift();
      if (index === undefined) {
        const choice = path.pop();
        if (choice === undefined) return this.#failure();
        this.#done.delete(choice.index);
        state = choice.before;
        alternatives = choice.alternatives;
        continue;
      }
      const next = this.#entered(index, state);
      if (next === undefined) continue;
      path.push({ index, before: state, alternatives });
      state = next.state;
      if (path.length > this.#longest.length) this.#longest = path.map((choice) => choice.index);
      alternatives = this.#candidates();
    }
    return undefined;
  }

  /** The state after operation `index`, unless its result differs or the place has failed before. */
  #entered(index: number, state: State): { readonly state: State } | undefined {
    const operation = this.#at(index);
    const applied = this.#model.apply(state, operation.operation);
    if (operation.result !== undefined && applied.result !== operation.result) return undefined;
    this.#done.add(index);
    const place = `${[...this.#done].sort((a, b) => a - b).join(',')}|${this.#model.textOf(applied.state)}`;
    if (this.#failed.has(place)) {
      this.#done.delete(index);
      return undefined;
    }
    this.#failed.add(place);
    return { state: applied.state };
  }

  /** Answered operations are all linearized; unanswered ones need not be. */
  #complete(): boolean {
    return this.#operations.every(
      (operation, index) => operation.result === undefined || this.#done.has(index),
    );
  }

  /** Those that were called before every answer still outstanding. */
  #candidates(): number[] {
    const open = this.#operations
      .map((_, index) => index)
      .filter((index) => !this.#done.has(index));
    const firstAnswer = Math.min(...open.map((index) => this.#at(index).answeredAtMs ?? Infinity));
    return open.filter((index) => this.#at(index).calledAtMs <= firstAnswer);
  }

  #failure(): Omit<Unlinearizable, 'part'> {
    const longest = new Set(this.#longest);
    return {
      longest: this.#longest.map((index) => this.#at(index)),
      stuck: this.#operations.filter(
        ({ result }, index) => result !== undefined && !longest.has(index),
      ),
    };
  }

  #at(index: number): HistoryOperation {
    const operation = this.#operations[index];
    if (operation === undefined) throw new RangeError(`no operation ${index}`);
    return operation;
  }
}
