// The two runs of a program: undisturbed, and killed wherever it can be killed.
import { Console } from 'node:console';
import { createRequire } from 'node:module';
import { inspect, types } from 'node:util';
import vm from 'node:vm';

import { NotCompiled } from './crash-test-bundle.ts';
import type { Main, Outcome, Process, Thrown, Turn } from './crash-test-process.ts';
import { portable, textOf } from './crash-test-values.ts';

/** An output as it was when its turn was over: the program may go on changing the object. */
interface Posted {
  readonly value: unknown;
  readonly text: string;
}

/** What can be seen of a program from outside. */
interface Seen {
  readonly posted: readonly Posted[];
  /** Errors that nobody awaited. */
  readonly failures: readonly Thrown[];
  readonly outcome: Outcome;
}

export interface Reference extends Seen {
  readonly awaits: number;
  readonly turns: number;
}

export interface Killings {
  readonly kills: number;
  readonly difference: Difference | undefined;
}

/** Where the two runs first differ. */
export interface Difference {
  readonly after: string;
  readonly undisturbed: string;
  readonly killed: string;
}

/** A program that is not at rest after so many turns is left where it is. */
const TURNS_MAX = 2_000;
/** After its end a program may still have this many turns. */
const LATE_TURNS_MAX = 200;
/** After so many records the log begins anew. */
const RECORDS_MAX = 12;

/** Makes processes of one program; each has a context, and so nothing of those before it. */
export class Machine {
  readonly #script: vm.Script;
  readonly #file: string;
  readonly #require: NodeJS.Require;

  constructor(script: vm.Script, file: string) {
    this.#file = file;
    this.#script = script;
    this.#require = createRequire(file);
  }

  /** A process that finds `records` on its disk. */
  boot(records: readonly Uint8Array[], verify: boolean): Process {
    const exports: Partial<{ Process: typeof Process; main: Main }> = {};
    const load: unknown = this.#script.runInContext(vm.createContext(surroundings()));
    if (typeof load !== 'function') throw new Error('a bundle is a function');
    try {
      load(this.#require, { exports }, exports);
    } catch (error) {
      throw new NotCompiled(`${this.#file}:1:1: it cannot be loaded: ${messageOf(error)}`, {
        cause: error,
      });
    }
    if (typeof exports.main !== 'function' || exports.Process === undefined) {
      throw new NotCompiled(`${this.#file}:1:1: no exported function main`);
    }
    return new exports.Process(exports.main, records, verify);
  }
}

/** What an ordinary module finds in Node; standard output is for the verdict alone. */
function surroundings(): vm.Context {
  const { TextEncoder, TextDecoder, URL, Buffer, process, structuredClone } = globalThis;
  const console = new Console(process.stderr);
  return { console, TextEncoder, TextDecoder, URL, Buffer, process, structuredClone };
}

/** Runs the program without storing anything. */
export function runUndisturbed(machine: Machine): Reference {
  const process = machine.boot([], false);
  const posted: Posted[] = [];
  const failures: Thrown[] = [];
  let awaits = 0;
  let turns = 0;
  for (let late = 0; turns < TURNS_MAX && late < LATE_TURNS_MAX; turns++) {
    const turn = process.turn(turns === 0);
    if (turn === undefined || turn === 'killed') break;
    posted.push(...turn.posted.map((output) => asPosted(output)));
    failures.push(...turn.failures);
    awaits += turn.suspended.length;
    if (turn.outcome.kind !== 'pending') late++;
  }
  return { posted, failures, outcome: process.outcome(), awaits, turns };
}

/**
 * Runs the program again. In each turn it dies at every await, before the commit, and after it; each
 * time what was committed is all that is left.
 */
export class KilledRun {
  #kills = 0;
  readonly #machine: Machine;
  readonly #reference: Reference;
  readonly #posted: string[] = [];
  readonly #failures: string[] = [];
  #records: Uint8Array[] = [];
  #last = 'the start';
  #outcome: Outcome | undefined;
  #isBroken = false;

  constructor(machine: Machine, reference: Reference) {
    this.#machine = machine;
    this.#reference = reference;
  }

  run(): Killings {
    let difference: Difference | undefined;
    try {
      for (let i = 0; i < this.#reference.turns && !difference; i++) difference = this.#turn(i);
      difference ??= this.#atEnd();
    } catch (error) {
      difference = this.#differs('no error', messageOf(error));
    }
    return { kills: this.#kills, difference };
  }

  /** One turn of the undisturbed run, until it is durable. */
  #turn(i: number): Difference | undefined {
    let process = this.#boot();
    for (let killAt = 1; ; killAt++) {
      const turn = process.turn(i === 0, killAt);
      if (turn === undefined) return this.#differs('a further turn', 'no timer is armed');
      if (turn !== 'killed') {
        this.#kill('before', i);
        break;
      }
      this.#kill(`at await ${killAt} of`, i);
      process = this.#boot();
    }
    process = this.#boot();
    const turn = process.turn(i === 0);
    if (turn === undefined || turn === 'killed') throw new Error('the turn runs again');
    const difference = this.#release(turn);
    this.#outcome = turn.outcome;
    this.#isBroken = process.isBroken;
    if (difference || this.#isBroken) return difference;
    this.#records.push(process.commit(i + 1));
    if (this.#records.length > RECORDS_MAX) this.#records = [process.compact(i + 1)];
    this.#kill('after', i);
    return undefined;
  }

  #boot(): Process {
    return this.#machine.boot(this.#records, true);
  }

  #kill(where: string, i: number): void {
    this.#kills++;
    this.#last = `kill ${this.#kills}, ${where} commit ${i + 1}`;
  }

  /** What the turn posted must be what the undisturbed run posted next; errors likewise. */
  #release({ posted, failures }: Turn): Difference | undefined {
    const before = [this.#posted.length, this.#failures.length] as const;
    this.#posted.push(...posted.map((output) => textOf(output)));
    this.#failures.push(...failures.map(({ message }) => message));
    const expected = this.#expected();
    return (
      this.#unlike('posted', this.#posted.slice(before[0]), expected.posted.slice(before[0])) ??
      this.#unlike('failed', this.#failures.slice(before[1]), expected.failures.slice(before[1]))
    );
  }

  #expected(): { readonly posted: string[]; readonly failures: string[] } {
    const { posted, failures } = this.#reference;
    return {
      posted: posted.map(({ text }) => text),
      failures: failures.map(({ message }) => message),
    };
  }

  #unlike(
    what: string,
    found: readonly string[],
    expected: readonly string[],
  ): Difference | undefined {
    const i = found.findIndex((text, at) => text !== expected[at]);
    if (i < 0) return undefined;
    const undisturbed = i < expected.length ? `${what} ${expected[i]}` : 'nothing';
    return this.#differs(undisturbed, `${what} ${found[i]}`);
  }

  /** Nothing is missing, and what is stored at last says the same. */
  #atEnd(): Difference | undefined {
    const all = this.#expected();
    const output = all.posted[this.#posted.length];
    if (output !== undefined) return this.#differs(`posted ${output}`, 'nothing');
    const failure = all.failures[this.#failures.length];
    if (failure !== undefined) return this.#differs(`failed ${failure}`, 'nothing');
    const expected = ended(this.#reference.outcome);
    const outcomes = [this.#outcome, this.#isBroken ? undefined : this.#boot().outcome()];
    const found = outcomes.flatMap((outcome) => (outcome ? [ended(outcome)] : []));
    const other = found.find((text) => text !== expected);
    return other === undefined ? undefined : this.#differs(expected, other);
  }

  #differs(undisturbed: string, killed: string): Difference {
    return { after: this.#last, undisturbed, killed };
  }
}

function asPosted(output: unknown): Posted {
  return { value: portable(output), text: textOf(output) };
}

function ended(outcome: Outcome): string {
  if (outcome.kind === 'returned') return `returned ${textOf(outcome.value)}`;
  if (outcome.kind === 'threw') return `threw ${textOf(outcome.error)}`;
  return `waits at ${outcome.waitsAt}`;
}

/** The error of a record that cannot be written or read; it comes from another realm. */
function messageOf(error: unknown): string {
  return types.isNativeError(error) ? `${error.name}: ${error.message}` : inspect(error);
}
