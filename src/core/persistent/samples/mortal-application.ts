import { assert } from '#core/base/assert.ts';
import { Application, type Main } from '#core/persistent/engine/application.ts';
import { VirtualClock } from '#core/persistent/engine/clock.ts';
import { type Letter, Outside } from '#core/persistent/engine/outside.ts';
import type { StorageEngine } from '#core/persistent/store/storage.ts';
import { verifying } from '#core/persistent/store/verifier.ts';

import { type Conduct, OutsideWorld } from './outside-world.ts';

/** A program to be killed. */
export interface Sample {
  readonly name: string;
  readonly main: Main;
  readonly conduct: Conduct;
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
  const world = new OutsideWorld(sample.conduct);
  const time = { clock: new VirtualClock() };
  const fate = new Fate(crash);
  for (;;) {
    const storage = await disk();
    try {
      await liveOnce(sample, { world, clock: time.clock }, fate, storage);
      return {
        letters: world.letters,
        journal: world.journal,
        commits: fate.commits,
      };
    } catch (error) {
      if (!(error instanceof Death)) throw error;
      await storage.close();
      // A new one for each life: who is dead hears no alarm.
      time.clock = new VirtualClock(time.clock.nowUs);
      fate.revive();
    }
  }
}

async function liveOnce(
  sample: Sample,
  { world, clock }: { readonly world: OutsideWorld; readonly clock: VirtualClock },
  fate: Fate,
  storage: StorageEngine,
): Promise<void> {
  const effects = Object.fromEntries(
    EFFECTS.map((name) => [
      name,
      (id: string, ...parameters: readonly string[]): unknown => {
        const { outcome } = world.perform(id, name, parameters, clock.nowUs);
        if (fate.isReleasing()) return fate.never();
        if (!outcome.ok) throw new Error(outcome.problem);
        return outcome.value;
      },
    ]),
  );
  const options = {
    storage: fate.over(storage),
    clock,
    seed: sample.name,
    verify: verifying,
    effects,
    onLetter(letter: Letter): void {
      world.receive(letter.number, letter.to, String(letter.message));
      if (fate.isReleasing()) fate.die();
    },
  };
  const application = await Application.open(options, sample.main);
  for (let rounds = 0; ; rounds++) {
    assert(rounds < 10_000, 'a sample ends');
    await application.sync();
    await Promise.resolve();
    fate.check();
    const isBusy = Outside.of(application.engine).effects.size > 0;
    const next = clock.nextUs;
    if (isBusy) await Promise.resolve();
    else if (next === undefined) break;
    else clock.advance((next - clock.nowUs) / 1000);
  }
  await application.dispose();
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
