import { describe, expect, it } from 'vitest';

import { Person, Sayer } from '#core/persistent/samples/sayer.ts';

import { delegate } from './delegate.ts';
import { MemoryStorage } from './memory-storage.ts';
import { ObjectStore } from './object-store.ts';
import { exportStorage, importStorage } from './storage-file.ts';
import type { StorageEngine } from './storage.ts';

async function persistedSayer(): Promise<MemoryStorage> {
  const storage = new MemoryStorage();
  const store = new ObjectStore(storage);
  const sayer = new Sayer('Hello');
  store.attach(sayer);
  store.attach('greet', delegate(sayer, 'greet'));
  await store.persist();
  return storage;
}

describe('an object store', () => {
  it('keeps an object and its delegate together', async () => {
    const store = await ObjectStore.load(await persistedSayer());

    const greet = store.resolve<() => string>('greet');
    const before = greet();
    store.resolve(Sayer).greeting = "G'day";

    expect([before, greet()]).toEqual(['Hello', "G'day"]);
    expect(store.resolve(Function)).toBe(greet);
  });

  it('finds by itself what has changed, and writes only that', async () => {
    const storage = await persistedSayer();
    const store = await ObjectStore.load(storage);
    store.resolve(Sayer).greeting = "G'day";
    await store.persist();

    const again = await ObjectStore.load(storage);

    expect(again.resolve<() => string>('greet')()).toBe("G'day");
    expect((await storage.load())[1]?.length).toBeLessThan(70);
  });

  it('keeps cycles', async () => {
    const storage = new MemoryStorage();
    const store = new ObjectStore(storage);
    const ann = new Person('Ann');
    ann.befriend(new Person('Bob'));
    store.attach(ann);
    await store.persist();

    const restored = (await ObjectStore.load(storage)).resolve(Person);

    expect(restored.friends[0]?.friends[0]).toBe(restored);
  });

  it('resolves by type only what is there once', async () => {
    const store = await ObjectStore.load(await persistedSayer());
    store.attach(new Sayer('Hi'));

    expect(() => store.resolve(Sayer)).toThrow('2 things of type Sayer are attached, not one');
    expect(() => store.resolve(Person)).toThrow('0 things of type Person');
    expect(() => store.resolve('nobody')).toThrow("nothing is attached as 'nobody'");
    expect(store.resolveAll(Sayer).map((sayer) => sayer.greeting)).toEqual(['Hello', 'Hi']);
    store.detach(store.resolveAll(Sayer)[1] ?? '');
    expect(store.resolve(Sayer).greeting).toBe('Hello');
  });

  it('does not overwrite a graph that is there', async () => {
    const store = new ObjectStore(await persistedSayer());

    await expect(store.persist()).rejects.toThrow('holds a graph already');
    await expect(ObjectStore.load(new MemoryStorage())).rejects.toThrow('the storage log is empty');
  });

  it('refuses a bound method, and says what to use instead', async () => {
    const store = new ObjectStore(new MemoryStorage());
    const sayer = new Sayer('Hello');
    store.attach(sayer.greet.bind(sayer));

    await expect(store.persist()).rejects.toThrow("delegate(object, 'method')");
  });

  it.each([{ arrives: true }, { arrives: false }])(
    'loses nothing when a write fails that has arrived: $arrives',
    async ({ arrives }) => {
      const storage = new MemoryStorage();
      let isBroken = false;
      const fragile: StorageEngine = {
        load: () => storage.load(),
        async commit(record) {
          if (!isBroken || arrives) await storage.commit(record);
          if (isBroken) throw new Error('the disk is full');
        },
        reset: (snapshot) => storage.reset(snapshot),
        close: () => storage.close(),
      };
      const store = new ObjectStore(fragile);
      const sayer = new Sayer('Hello');
      store.attach(sayer);
      await store.persist();
      sayer.greeting = "G'day";
      isBroken = true;
      await expect(store.persist()).rejects.toThrow('the disk is full');
      isBroken = false;

      await store.persist();

      expect((await ObjectStore.load(storage)).resolve(Sayer).greeting).toBe("G'day");
    },
  );
});

describe('a storage', () => {
  it('goes into one file and out of it', async () => {
    const storage = await persistedSayer();
    const copy = new MemoryStorage();

    await importStorage(await exportStorage(storage), copy);

    const store = await ObjectStore.load(copy);
    store.resolve(Sayer).greeting = "G'day";
    await store.persist();
    expect((await ObjectStore.load(copy)).resolve(Sayer).greeting).toBe("G'day");
    await expect(importStorage(await exportStorage(storage), copy)).rejects.toThrow('not empty');
  });

  it('is filled in one step, however many records were exported', async () => {
    const storage = await persistedSayer();
    const store = await ObjectStore.load(storage);
    store.resolve(Sayer).greeting = 'Good evening';
    await store.persist();
    const steps: string[] = [];
    const copy = new MemoryStorage();
    const watched: StorageEngine = {
      load: () => copy.load(),
      commit(record) {
        steps.push('commit');
        return copy.commit(record);
      },
      reset(snapshot) {
        steps.push('reset');
        return copy.reset(snapshot);
      },
      close: () => copy.close(),
    };

    await importStorage(await exportStorage(storage), watched);

    expect((await storage.load()).length).toBe(2);
    expect(steps).toEqual(['reset']);
    expect((await ObjectStore.load(copy)).resolve(Sayer).greeting).toBe('Good evening');
  });

  it('is not taken from a harmed file, wherever the harm is', async () => {
    const file = await exportStorage(await persistedSayer());

    for (let at = 0; at < file.length; at++) {
      const harmed = file.slice();
      harmed[at] = (harmed[at] ?? 0) ^ 1;
      const storage = new MemoryStorage();
      await expect(importStorage(harmed, storage)).rejects.toThrow('the file is');
      expect(await storage.load()).toEqual([]);
    }
    await expect(importStorage(file.slice(0, 20), new MemoryStorage())).rejects.toThrow('corrupt');
  });
});
