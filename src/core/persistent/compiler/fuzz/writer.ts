// What the writers of random programs share: the dice, the names in scope, and the tally of forms.

/** Names in scope, by what they hold. */
export interface Names {
  /** Variables that may be assigned numbers. */
  readonly numbers: string[];
  /** Bindings that may only be read. */
  readonly constants: string[];
  readonly arrays: string[];
  readonly objects: string[];
  /** Functions of one number. */
  readonly functions: string[];
  /** Async functions of one number. */
  readonly asyncs: string[];
}

/** What a jump may go to. */
export interface Jumps {
  readonly breaks: readonly string[];
  readonly continues: readonly string[];
}

export interface Place {
  readonly names: Names;
  readonly jumps: Jumps;
  readonly isAsync: boolean;
  /** Whether `this` is a Counter. */
  readonly hasSelf: boolean;
  readonly depth: number;
}

export const NO_JUMPS: Jumps = { breaks: [], continues: [] };

/** The two ends of the grammar, which call each other. */
export interface Grammar {
  readonly numeric: (w: Writer, at: Place) => string;
  readonly statements: (w: Writer, at: Place, count: number) => string;
}

/** Ways to write something, by the name of the form. */
export type Forms = Readonly<Record<string, () => string>>;

export class Writer {
  readonly grammar: Grammar;
  readonly forms: Map<string, number>;
  /** Every await is pending when it is reached: workflows interleave by time alone. */
  readonly isPending: boolean;
  #state: number;
  #names = 0;
  #tags = 0;

  constructor(grammar: Grammar, seed: number, forms: Map<string, number>, isPending: boolean) {
    this.grammar = grammar;
    this.#state = (seed * 2654435761 + 12345) >>> 0;
    this.forms = forms;
    this.isPending = isPending;
  }

  /** An expression that gives a number. */
  numeric(at: Place): string {
    return this.grammar.numeric(this, at);
  }

  /** A list of statements. */
  statements(at: Place, count: number): string {
    return this.grammar.statements(this, at, count);
  }

  /** 0 … n-1 */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let x = this.#state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) % n;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(list: readonly T[]): T {
    const value = list[this.below(list.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }

  fresh(prefix: string): string {
    return `${prefix}${++this.#names}`;
  }

  /** A number that marks one place of the program in the trace. */
  tag(): number {
    return ++this.#tags;
  }

  count(form: string): void {
    this.forms.set(form, (this.forms.get(form) ?? 0) + 1);
  }

  /** One of the forms, counted. */
  one(forms: Forms): string {
    const name = this.pick(Object.keys(forms));
    this.count(name);
    const write = forms[name];
    if (!write) throw new Error(name);
    return write();
  }
}

/** The same names, in a scope of their own. */
function scoped(names: Names): Names {
  return {
    numbers: [...names.numbers],
    constants: [...names.constants],
    arrays: [...names.arrays],
    objects: [...names.objects],
    functions: [...names.functions],
    asyncs: [...names.asyncs],
  };
}

export function inner(place: Place, change: Partial<Place> = {}): Place {
  return { ...place, names: scoped(place.names), depth: place.depth - 1, ...change };
}
