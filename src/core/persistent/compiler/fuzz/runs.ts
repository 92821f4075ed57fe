import { assert } from '#core/base/assert.ts';
import { compile } from '#core/persistent/compiler/compile.ts';
import * as runtime from '#core/persistent/engine/compiled.ts';
// The two ways to run a program: natively, and compiled on the engine, killed at every commit.
import { Engine } from '#core/persistent/engine/engine.ts';
import { Awaitable, sleep as persistentSleep, Source } from '#core/persistent/index.ts';
import { verifying } from '#core/persistent/store/verifier.ts';

import { NativeSource } from './native-source.ts';

export interface Run {
  readonly trace: readonly string[];
  readonly outcome: string;
}

/** How the engine is treated between turns. */
export type Killing = 'never' | 'deltas' | 'mixed';

/** What a program is given beside the tools of its trace. */
interface Services {
  readonly sleep: (ms: number) => unknown;
  readonly Source: new () => object;
}

/** Ends a program that loops too long: its own error, the same in both runs. */
const TICKS_MAX = 250;

/** A program in memory; its trace begins anew with each start. */
class Program {
  trace: string[] = [];
  readonly #main: () => unknown;
  #ticks = 0;

  constructor(code: string, { sleep, Source }: Services) {
    const log = (tag: number, value: unknown): void =>
      void this.trace.push(`${tag} ${shown(value)}`);
    const tick = (): void => {
      if (++this.#ticks > TICKS_MAX) throw new Error('out of ticks');
    };
    const text = `'use strict';\n${code}\nreturn main;`;
    const main: unknown = functionOf(text)(log, tick, sleep, Source, contradict, runtime);
    if (typeof main !== 'function') throw new Error('the program has a main');
    this.#main = () => main();
  }

  start(): unknown {
    this.trace = [];
    this.#ticks = 0;
    return this.#main();
  }
}

/** What a false assertion does. */
function contradict(): void {
  assert(false, 'a contradiction');
}

function functionOf(text: string): (...services: unknown[]) => unknown {
  const AnyFunction: unknown = Reflect.get(shown, 'constructor');
  if (typeof AnyFunction !== 'function') throw new Error('functions have a constructor');
  const names = ['log', 'tick', 'sleep', 'Source', 'contradict', '$runtime'];
  const made: unknown = Reflect.construct(AnyFunction, [...names, text]);
  if (typeof made !== 'function') throw new Error('a function is made');
  return (...services) => made(...services);
}

/** Real promises over a virtual clock: one timer at a time, by due time, then creation. */
export async function runNatively(source: string): Promise<Run> {
  const timers: { due: number; resolve: (value: undefined) => void }[] = [];
  let time = 0;
  const sleep = (ms: number): Promise<undefined> =>
    new Promise((resolve) => timers.push({ due: time + ms, resolve }));
  const program = new Program(source, { sleep, Source: NativeSource });
  const result = Promise.resolve(program.start()).then(
    (value) => `returned ${shown(value)}`,
    (error: unknown) => `threw ${shown(error)}`,
  );
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const first = timers.toSorted((a, b) => a.due - b.due)[0];
    if (!first) return { trace: program.trace, outcome: await result };
    timers.splice(timers.indexOf(first), 1);
    time = first.due;
    first.resolve(undefined);
  }
}

/** After this many records the storage log begins anew. */
const RECORDS_MAX = 10;

let programs = 0;

/** What makes a module of a program. */
export type Compiler = (source: string, file: string) => { readonly code: string };

/** The program, compiled. */
export function compiledOf(source: string, compiler: Compiler = compile): Program {
  const { code } = compiler(source, `fuzz/${++programs}.ts`);
  const script = code.replace(/^import (\{[^]*?\}) from [^\n]*$/m, 'const $1 = $runtime;');
  return new Program(script, { sleep: persistentSleep, Source });
}

/** On the engine; killed and restored after each commit unless told otherwise. */
export function runOnEngine(program: Program, killing: Killing): Run {
  const options = { seed: 'fuzz', verify: verifying, onError: () => undefined };
  let engine = Engine.create(options);
  engine.turn(0, () => {
    const result: unknown = program.start();
    if (!(result instanceof Awaitable)) throw new Error('main is async');
    engine.attach('result', result);
  });
  let records: Uint8Array[] = [];
  for (let turn = 1; ; turn++) {
    records.push(engine.commit(turn));
    if (killing !== 'never') {
      if (killing === 'mixed' && turn % 3 === 0) records = [engine.snapshot(turn)];
      else if (records.length > RECORDS_MAX) records = [engine.compact(turn)];
      engine = Engine.restore(records, options);
    }
    const { nextTimerUs } = engine;
    if (nextTimerUs === undefined) return { trace: program.trace, outcome: outcomeOf(engine) };
    engine.fireTimer(nextTimerUs);
  }
}

function outcomeOf(engine: Engine): string {
  const result = engine.resolve<Awaitable<unknown>>('result');
  if (!result.settled) return 'never settled';
  return result.failed ? `threw ${shown(result.$error)}` : `returned ${shown(result.value)}`;
}

/** A value as text, the same for equal values of both runs. */
function shown(value: unknown, depth = 0): string {
  if (typeof value === 'function') return 'function';
  if (typeof value !== 'object' || value === null || depth > 4) return String(value);
  const items = (list: Iterable<unknown>): string =>
    [...list].map((item) => shown(item, depth + 1)).join();
  if (value instanceof TypeError) return 'TypeError';
  if (value instanceof Error) return `${value.name}(${value.message})`;
  if (Array.isArray(value)) return `[${items(value)}]`;
  if (value instanceof Map) return `Map(${items(value)})`;
  if (value instanceof Set) return `Set(${items(value)})`;
  const fields = Object.entries(value).map(([key, item]) => `${key}:${shown(item, depth + 1)}`);
  return `${value.constructor.name}{${fields.join()}}`;
}
