import { assert } from '#core/base/assert.ts';
import { Application, type Main } from '#core/persistent/engine/application.ts';
import { VirtualClock } from '#core/persistent/engine/clock.ts';
import type { Letter } from '#core/persistent/engine/outside.ts';
import type { StorageEngine } from '#core/persistent/store/storage.ts';

/** A program to be killed. */
export interface Sample {
  readonly name: string;
  readonly main: Main;
  /** The effect that the world refuses. */
  readonly refused?: string | undefined;
  /** A bad world: does again what it has done under the same id. */
  readonly forgetsIds?: boolean;
  /** So many effects are refused, whatever they are. */
  readonly failures?: number;
}

/** After release: something was handed to the world, and the process dies before anything else. */
export type CrashPoint = 'before commit' | 'after commit' | 'after release';

export interface Crash {
  /** Counted from 1. */
  readonly commit: number;
  readonly point: CrashPoint;
}

/** What the world has seen in the end. */
export interface Life {
  readonly letters: readonly string[];
  /** What it has done, in order. */
  readonly journal: readonly string[];
  readonly commits: number;
}

const EFFECTS = [
  'reserve funds',
  'book flight',
  'book hotel',
  'deduct funds',
  'cancel reservation',
  'cancel flight',
  'cancel hotel',
  'download',
];

class Death extends Error {
  override readonly name = 'Death';
}

/** Runs a sample to its end; a process that dies on the way is started again. */
export async function live(
  sample: Sample,
  disk: () => Promise<StorageEngine>,
  crash?: Crash,
): Promise<Life> {
  const world = new World(sample);
  const fate = new Fate(crash);
  for (;;) {
    const storage = await disk();
    try {
      await liveOnce(sample, world, fate, storage);
      return {
        letters: [...world.letters.values()],
        journal: world.journal,
        commits: fate.commits,
      };
    } catch (error) {
      if (!(error instanceof Death)) throw error;
      await storage.close();
      world.clock = new VirtualClock(world.clock.nowUs);
      fate.revive();
    }
  }
}

async function liveOnce(
  sample: Sample,
  world: World,
  fate: Fate,
  storage: StorageEngine,
): Promise<void> {
  const effects = Object.fromEntries(
    EFFECTS.map((name) => [
      name,
      (id: string, ...parameters: readonly string[]): unknown => {
        const outcome = world.perform(id, name, parameters);
        return fate.isReleasing() ? fate.never() : outcome();
      },
    ]),
  );
  const options = {
    storage: fate.over(storage),
    clock: world.clock,
    seed: sample.name,
    verify: true,
    effects,
    onLetter(letter: Letter): void {
      world.letters.set(letter.number, `${letter.to}: ${String(letter.message)}`);
      if (fate.isReleasing()) fate.die();
    },
  };
  const application = await Application.open(options, sample.main);
  for (let rounds = 0; ; rounds++) {
    assert(rounds < 10_000, 'a sample ends');
    await application.sync();
    await Promise.resolve();
    fate.check();
    const isBusy = application.engine.outside().effects.size > 0;
    const next = world.clock.nextUs;
    if (isBusy) await Promise.resolve();
    else if (next === undefined) break;
    else world.clock.advance((next - world.clock.nowUs) / 1000);
  }
  await application.dispose();
}

/** Time, companies and people: all that does not die with the process. */
class World {
  /** A new one for each life: who is dead hears no alarm. */
  clock = new VirtualClock();
  readonly letters = new Map<number, string>();
  readonly journal: string[] = [];
  readonly #sample: Sample;
  readonly #done = new Map<string, () => Promise<string>>();

  constructor(sample: Sample) {
    this.#sample = sample;
  }

  /** Once under each id. */
  perform(id: string, name: string, parameters: readonly string[]): () => Promise<string> {
    const known = this.#done.get(id);
    if (known !== undefined && this.#sample.forgetsIds !== true) return known;
    this.journal.push(`${name}: ${parameters.join()}`);
    const isRefused =
      name === this.#sample.refused || this.#done.size < (this.#sample.failures ?? 0);
    const outcome = (): Promise<string> =>
      isRefused ? Promise.reject(new Error(`${name} is refused`)) : Promise.resolve(`${name} #1`);
    this.#done.set(id, outcome);
    return outcome;
  }
}

/** Decides when the process dies: once. */
class Fate {
  commits = 0;
  #crash: Crash | undefined;
  #isDead = false;
  #life = 0;

  constructor(crash: Crash | undefined) {
    this.#crash = crash;
  }

  /** The process dies as soon as it has handed something out. */
  isReleasing(): boolean {
    return this.#is('after release', this.commits);
  }

  /** A call that the process does not live to see the end of. */
  never(): Promise<never> {
    this.#isDead = true;
    return new Promise(() => undefined);
  }

  die(): never {
    this.#isDead = true;
    throw new Death();
  }

  check(): void {
    if (this.#isDead) throw new Death();
  }

  revive(): void {
    this.#isDead = false;
    this.#life++;
    this.#crash = undefined;
  }

  /** The storage as the process sees it, which may die while it writes. */
  over(storage: StorageEngine): StorageEngine {
    const life = this.#life;
    const write = async (number: number, doing: () => Promise<void>): Promise<void> => {
      if (life !== this.#life) throw new Death();
      this.check();
      if (this.#is('before commit', number) || this.#is('after release', number - 1)) this.die();
      await doing();
      this.commits = number;
      if (this.#is('after commit', number)) this.die();
    };
    return {
      load: () => storage.load(),
      commit: (record) => write(this.commits + 1, () => storage.commit(record)),
      reset: (snapshot) => write(this.commits + 1, () => storage.reset(snapshot)),
      close: () => storage.close(),
    };
  }

  #is(point: CrashPoint, commit: number): boolean {
    return this.#crash?.point === point && this.#crash.commit === commit;
  }
}
