import { describe, expect, it } from 'vitest';

import { verifying } from '#core/persistent/store/verifier.ts';

import {
  announce,
  hold,
  Journal,
  keep,
  type Link,
  Ring,
  Shelf,
  stumble,
} from './defects-fixture.ts';
import {
  Application,
  type ApplicationOptions,
  Awaitable,
  Engine,
  type Letter,
  MemoryStorage,
  type StorageEngine,
  StoreError,
  VirtualClock,
} from './index.ts';

const OPTIONS = { seed: 'defects', verify: verifying };

/** A storage that outlives the applications on it. */
function disk(): StorageEngine {
  const storage = new MemoryStorage();
  return {
    load: () => storage.load(),
    commit: (record) => storage.commit(record),
    reset: (snapshot) => storage.reset(snapshot),
    close: () => Promise.resolve(),
  };
}

// Each of these went wrong in the reference system or in the runtime below it.
describe('a defect of the reference system is none here:', () => {
  it('what is appended to a list after a persist is there after a restart', () => {
    const engine = Engine.create(OPTIONS);
    const journal = new Journal();
    engine.attach('journal', journal);
    const records = ['one', 'two', 'three'].map((entry, i) => {
      engine.turn(0, () => journal.add(entry));
      return engine.commit(i);
    });

    const restored = Engine.restore(records, OPTIONS).resolve<Journal>('journal');

    expect([...restored.entries]).toEqual(['one', 'two', 'three']);
    expect(restored.plain).toEqual(['one', 'two', 'three']);
  });

  it('what is taken out and put in again, across persists and restarts, is there', () => {
    const shelf = new Shelf();
    let engine = Engine.create(OPTIONS);
    engine.attach('shelf', shelf);
    const records: Uint8Array[] = [];
    const edit = (change: (shelf: Shelf) => void): Shelf => {
      engine.turn(0, () => change(engine.resolve<Shelf>('shelf')));
      records.push(engine.commit(records.length));
      engine = Engine.restore(records, OPTIONS);
      return engine.resolve<Shelf>('shelf');
    };
    edit((s) => s.put('same'));
    const empty = edit((s) => s.clear());
    expect([empty.set.size, empty.map.size, empty.persistentMap.size]).toEqual([0, 0, 0]);
    expect(empty.plain).toEqual({});
    edit((s) => s.put('same'));
    const full = edit((s) => s.put('other'));

    expect([...full.set]).toEqual(['same', 'other']);
    expect([...full.map, ...full.persistentMap]).toEqual([
      ['key', 'other'],
      ['key', 'other'],
    ]);
    expect(full.plain).toEqual({ key: 'other' });
  });

  it('who has nothing to do writes nothing', async () => {
    const storage = disk();
    let commits = 0;
    const counting: StorageEngine = {
      ...storage,
      commit(record) {
        commits++;
        return storage.commit(record);
      },
    };
    const clock = new VirtualClock();
    const application = await Application.start(
      { ...OPTIONS, clock, storage: counting },
      () => void announce(),
    );
    const before = commits;

    clock.advance(999);
    await application.sync();

    expect(commits).toBe(before);
  });

  it('a workflow is there once after any number of restarts', async () => {
    const letters: Letter[] = [];
    const clock = new VirtualClock();
    const options: ApplicationOptions = {
      ...OPTIONS,
      clock,
      storage: disk(),
      onLetter: (letter) => letters.push(letter),
    };
    for (let i = 0; i < 3; i++) {
      const application = await Application.open(options, () => void announce());
      expect(application.engine.workflows()).toHaveLength(1);
      await application.dispose();
    }

    const last = await Application.open(options, () => void announce());
    clock.advance(1000);
    await last.sync();

    expect(letters.map(({ number, message }) => [number, message])).toEqual([[0, 'ran']]);
  });

  it.each([
    {
      holder: 'a local of a suspended call',
      attach: (engine: Engine, thing: unknown) => {
        const bell = new Awaitable();
        engine.attach('bell', bell);
        engine.turn(0, () => void hold(bell, thing));
      },
      path: '.thing',
    },
    {
      holder: 'a variable of a closure',
      attach: (engine: Engine, thing: unknown) => engine.attach('kept', keep(thing)),
      path: 'captured[0]',
    },
  ])('what cannot be stored in $holder is refused, never skipped', ({ attach, path }) => {
    const engine = Engine.create(OPTIONS);
    attach(engine, new WeakMap());

    expect(() => engine.commit(1)).toThrow(StoreError);
    expect(() => engine.commit(1)).toThrow('Cannot persist an instance of WeakMap');
    expect(() => engine.commit(1)).toThrow(path);
  });

  it('cycles of any length and depth are stored and come back', () => {
    const engine = Engine.create(OPTIONS);
    const ring = new Ring();
    engine.attach('ring', ring);
    engine.turn(0, () => ring.grow(100_000));

    const restored = Engine.restore([engine.commit(1)], OPTIONS).resolve<Ring>('ring');

    let length = 0;
    let link: Link = restored.last;
    for (; link.next !== link; link = link.next) length++;
    expect(length).toBe(100_000);
    expect(link).toBe(restored.first);
  });

  it('an error of a workflow surfaces, with its place in the source', async () => {
    const failures: unknown[] = [];
    const clock = new VirtualClock();
    const application = await Application.start(
      { ...OPTIONS, clock, storage: disk(), onFailure: (error) => failures.push(error) },
      () => void stumble(),
    );

    clock.advance(1000);

    expect(failures).toMatchObject([
      {
        function: 'core/persistent/defects-fixture.ts#stumble',
        file: 'core/persistent/defects-fixture.ts',
        line: 59,
      },
    ]);
    await expect(application.sync()).rejects.toThrow('RangeError: stumbled');
  });

  it('a failed persist is told to whoever waits, and to the next who comes', async () => {
    const storage = disk();
    const full: StorageEngine = {
      ...storage,
      commit: () => Promise.reject(new Error('the disk is full')),
    };
    const options = { ...OPTIONS, clock: new VirtualClock(), storage: full };

    await expect(Application.start(options, () => void announce())).rejects.toThrow('full');
    expect(await storage.load()).toEqual([]);
  });
});
