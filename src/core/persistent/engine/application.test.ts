import { describe, expect, it } from 'vitest';

import { MemoryStorage } from '#core/persistent/store/memory-storage.ts';
import type { StorageEngine } from '#core/persistent/store/storage.ts';
import { verifying } from '#core/persistent/store/verifier.ts';

import { Office } from './application-fixture.ts';
import { Application, type ApplicationOptions } from './application.ts';
import { realClock, VirtualClock } from './clock.ts';
import type { Engine } from './engine.ts';
import { type Letter, outbox } from './outside.ts';

/** A disk whose writes wait to be let through, and outlive whoever closes it. */
class Gate implements StorageEngine {
  readonly #storage = new MemoryStorage();
  readonly #waiting: (() => void)[] = [];
  isOpen = true;
  commits = 0;

  load(): Promise<Uint8Array[]> {
    return this.#storage.load();
  }

  async commit(record: Uint8Array): Promise<void> {
    this.commits++;
    if (!this.isOpen) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    await this.#storage.commit(record);
  }

  reset(snapshot: Uint8Array): Promise<void> {
    return this.#storage.reset(snapshot);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  let(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

interface World {
  readonly storage: Gate;
  readonly clock: VirtualClock;
  readonly outputs: unknown[];
  readonly letters: Letter[];
  readonly failures: unknown[];
  readonly options: ApplicationOptions;
}

function world(more: Partial<ApplicationOptions> = {}): World {
  const storage = new Gate();
  const clock = new VirtualClock();
  const outputs: unknown[] = [];
  const letters: Letter[] = [];
  const failures: unknown[] = [];
  const options: ApplicationOptions = {
    seed: 'office',
    verify: verifying,
    storage,
    clock,
    onOutput: (output) => outputs.push(output),
    onLetter: (letter) => letters.push(letter),
    onFailure: (error) => failures.push(error),
    ...more,
  };
  return { storage, clock, outputs, letters, failures, options };
}

const main = (engine: Engine): void => engine.attach('office', new Office());
const officeOf = (application: Application): Office => application.engine.resolve<Office>('office');
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('an application', () => {
  it('starts on an empty storage, continues on one that is not, and opens on either', async () => {
    const { options } = world();

    await expect(Application.continue(options)).rejects.toThrow('nothing to continue');
    await (await Application.start(options, main)).dispose();
    await expect(Application.start(options, main)).rejects.toThrow('continue it');
    const opened = await Application.open(options, () => expect.unreachable());

    expect(officeOf(opened)).toBeInstanceOf(Office);
  });

  it('goes on where it was', async () => {
    const { options, outputs } = world();
    const first = await Application.start(options, main);
    await first.schedule(() => void officeOf(first).answer());
    await first.dispose();

    const second = await Application.continue(options);
    await second.schedule(() => officeOf(second).bell.complete('Ann'));

    expect(outputs).toEqual(['good day, Ann']);
  });

  it('hands out what a turn gave, also when it comes later, and its error', async () => {
    const { options } = world();
    const application = await Application.start(options, main);
    const office = officeOf(application);
    const later = application.schedule(() => office.answer());

    expect(await application.schedule(() => office.log.length)).toBe(0);
    await application.schedule(() => office.bell.complete('Bob'));
    expect(await later).toBe('BOB');
    await expect(application.schedule(() => office.fail())).rejects.toThrow('no such office');
    expect(await application.schedule(() => [...office.log])).toEqual(['failing']);
  });

  it('releases outputs only when they are durable, and commits turns together', async () => {
    const { options, outputs, storage } = world();
    const application = await Application.start(options, main);
    storage.isOpen = false;
    const before = storage.commits;

    for (const name of ['a', 'b', 'c']) {
      void application.schedule(() => {
        void officeOf(application).snooze(0);
        return name;
      });
    }
    await settled();
    expect(storage.commits).toBe(before + 1);
    storage.isOpen = true;
    storage.let();
    await application.sync();

    expect(storage.commits).toBe(before + 2);
    expect(outputs).toEqual([]);
  });

  it('stops giving out when a commit fails, loses nothing, and can be continued', async () => {
    const { options, outputs, storage, failures } = world();
    let isBroken = false;
    const fragile: StorageEngine = {
      load: () => storage.load(),
      commit: (record) =>
        isBroken ? Promise.reject(new Error('the disk is full')) : storage.commit(record),
      reset: (snapshot) => storage.reset(snapshot),
      close: () => storage.close(),
    };
    const first = await Application.start({ ...options, storage: fragile }, main);
    await first.schedule(() => void officeOf(first).answer());
    isBroken = true;
    await expect(first.schedule(() => officeOf(first).bell.complete('Ann'))).rejects.toThrow(
      'full',
    );
    await expect(first.schedule(() => 1)).rejects.toThrow('the application has failed');
    await expect(first.dispose()).rejects.toThrow('full');
    isBroken = false;

    const second = await Application.continue({ ...options, storage: fragile });
    await second.schedule(() => officeOf(second).bell.complete('Bob'));

    expect(outputs).toEqual(['good day, Bob']);
    expect(failures).toHaveLength(1);
  });

  it('commits and sends nothing of a turn that contradicts itself', async () => {
    const { options, outputs, failures, clock, storage } = world();
    const application = await Application.start(options, main);
    await application.schedule(() => void officeOf(application).contradict());
    const before = storage.commits;

    clock.advance(10);
    await settled();

    expect(failures).toMatchObject([{ name: 'AssertionError', message: 'this cannot be' }]);
    expect(storage.commits).toBe(before);
    expect(outputs).toEqual([]);
    await expect(application.sync()).rejects.toThrow('this cannot be');
  });

  it('fires overdue timers after a restart, in order', async () => {
    const { options, outputs, clock } = world();
    const first = await Application.start(options, main);
    await first.schedule(() => void officeOf(first).snooze(50));
    await first.dispose();
    clock.advance(1000);
    expect(outputs).toEqual([]);

    const second = await Application.continue(options);
    clock.advance(0);
    await second.sync();

    expect(outputs).toEqual(['awake']);
    expect(clock.nextUs).toBeUndefined();
  });

  it('runs on the clock of its host', async () => {
    const { options, outputs } = world();
    const clock = realClock({ now: () => performance.now(), setTimeout, clearTimeout });
    const application = await Application.start({ ...options, clock }, main);
    await application.schedule(() => officeOf(application).snooze(5));

    expect(outputs).toEqual(['awake']);
  });

  it('names both builds when stored state does not fit the program', async () => {
    const { options } = world({ externals: { port: {} }, build: 'one' });
    const first = await Application.start(options, (engine) => {
      main(engine);
      engine.attach('list', [options.externals?.['port']]);
    });
    await first.dispose();

    const second = Application.continue({ ...options, externals: {}, build: 'two' });

    await expect(second).rejects.toThrow(
      "the external 'port' is missing: pass it to restore()\n  written by build 'one', this is build 'two'",
    );
  });
});

describe('the outbox', () => {
  it('sends again after a restart, until it is acknowledged', async () => {
    const { options, letters } = world();
    const first = await Application.start(options, main);
    await first.schedule(() => officeOf(first).write('one'));
    await first.schedule(() => officeOf(first).write('two'));
    expect(await first.schedule(() => outbox.ack(0))).toBe(true);
    await first.dispose();

    const second = await Application.continue(options);

    expect(letters.map(({ number, message }) => [number, message])).toEqual([
      [0, 'one'],
      [1, 'two'],
      [1, 'two'],
    ]);
    expect(await second.schedule(() => outbox.ack(0))).toBe(false);
  });
});

describe('an external effect', () => {
  it('gives its outcome to who awaits it', async () => {
    const { options } = world({
      effects: {
        fetch: (_id, what: string) => {
          if (what === 'moon') throw new RangeError('too far');
          return Promise.resolve(`a ${what}`);
        },
      },
    });
    const application = await Application.start(options, main);
    await application.schedule(() => officeOf(application).fetch('pear'));
    await application.schedule(() => officeOf(application).fetch('moon'));

    expect(officeOf(application).log).toEqual(['a pear', 'RangeError: too far']);
  });

  it('is asked for again under the same id after a restart', async () => {
    const ids: string[] = [];
    const { options } = world({
      effects: {
        fetch: (id) => {
          ids.push(id);
          return new Promise(() => undefined);
        },
      },
    });
    const first = await Application.start(options, main);
    await first.schedule(() => void officeOf(first).fetch('pear'));
    await first.dispose();

    const second = await Application.continue({
      ...options,
      effects: {
        fetch: (id) => {
          ids.push(id);
          return 'a pear';
        },
      },
    });
    await settled();

    expect(ids).toEqual(['effect-0', 'effect-0']);
    expect(officeOf(second).log).toEqual(['a pear']);
  });

  it('that nobody handles fails, and surfaces when nobody sees to it', async () => {
    const errors: unknown[] = [];
    const { options } = world({ onError: (error) => errors.push(error) });
    const application = await Application.start(options, main);
    await application.schedule(() => void officeOf(application).careless());
    await settled();

    expect(errors).toMatchObject([
      { function: 'core/persistent/engine/application-fixture.ts#Office.careless', line: 26 },
    ]);
  });
});
