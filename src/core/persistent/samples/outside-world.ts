/** How the companies outside behave. */
export interface Conduct {
  /** The deed that is refused. */
  readonly refused?: string | undefined;
  /** So many deeds are refused, whatever they are. */
  readonly failures?: number;
  /** A bad world: does again what it has done under the same id. */
  readonly forgetsIds?: boolean;
}

/** What the outside has seen, once for each number or id. */
export type OutsideEntry =
  | {
      readonly type: 'letter';
      readonly number: number;
      readonly to: string;
      readonly text: string;
      /** How often it came; after the first time it was ignored. */
      readonly times: number;
    }
  | {
      readonly type: 'deed';
      readonly id: string;
      readonly name: string;
      readonly parameters: readonly string[];
      readonly refused: boolean;
      /** When its outcome is known. */
      readonly dueUs: number;
      /** How often it was asked for; after the first time it had been done already. */
      readonly times: number;
    };

/** What came of a deed. */
export type Outcome =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: string };

/**
 * People and companies: all that does not die with a process. A letter that comes again is known by its number,
 * a deed that is asked for again by its id. Plain data, so that a host can keep it.
 */
export class OutsideWorld {
  readonly entries: OutsideEntry[];
  readonly #conduct: Conduct;

  constructor(conduct: Conduct, entries: readonly OutsideEntry[] = []) {
    this.#conduct = conduct;
    this.entries = [...entries];
  }

  /** A letter has come. */
  receive(number: number, to: string, text: string): void {
    const known = this.entries.findIndex((one) => one.type === 'letter' && one.number === number);
    if (this.#again(known)) return;
    this.entries.push({ type: 'letter', number, to, text, times: 1 });
  }

  /** A deed is asked for. Hands out what comes of it, and when. */
  perform(
    id: string,
    name: string,
    parameters: readonly string[],
    dueUs: number,
  ): { readonly outcome: Outcome; readonly dueUs: number } {
    const known = this.entries.findIndex((one) => one.type === 'deed' && one.id === id);
    const before = this.entries[known];
    const { forgetsIds = false, refused, failures = 0 } = this.#conduct;
    if (before?.type === 'deed' && !forgetsIds) {
      this.#again(known);
      return { outcome: outcomeOf(before), dueUs: before.dueUs };
    }
    const deeds = this.entries.filter((one) => one.type === 'deed').length;
    const isRefused = name === refused || deeds < failures;
    const deed = {
      type: 'deed',
      id,
      name,
      parameters,
      refused: isRefused,
      dueUs,
      times: 1,
    } as const;
    this.entries.push(deed);
    return { outcome: outcomeOf(deed), dueUs };
  }

  /** What people have read, in order. */
  get letters(): string[] {
    return this.entries.flatMap((one) => (one.type === 'letter' ? `${one.to}: ${one.text}` : []));
  }

  /** What companies have been asked to do, in order. */
  get journal(): string[] {
    return this.entries.flatMap((one) =>
      one.type === 'deed' ? `${one.name}: ${one.parameters.join()}` : [],
    );
  }

  #again(index: number): boolean {
    const known = this.entries[index];
    if (known !== undefined) this.entries[index] = { ...known, times: known.times + 1 };
    return known !== undefined;
  }
}

function outcomeOf({
  name,
  refused,
}: {
  readonly name: string;
  readonly refused: boolean;
}): Outcome {
  return refused ? { ok: false, problem: `${name} is refused` } : { ok: true, value: `${name} #1` };
}
