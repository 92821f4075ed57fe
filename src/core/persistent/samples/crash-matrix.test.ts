import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';

import { defined } from '#core/base/assert.ts';
import { MemoryStorage } from '#core/persistent/store/memory-storage.ts';
import { type StorageEngine } from '#core/persistent/store/storage.ts';
import { MemoryFile } from '#host/storage/contract/memory-file.ts';
import { FileLog } from '#host/storage/file-log.ts';
import { IndexedDbStorage } from '#host/storage/indexed-db-storage.ts';

import { catalogue } from './catalogue.ts';
import { type CrashPoint, live, type Sample } from './mortal-application.ts';
import type { Conduct } from './outside-world.ts';
import { programOf } from './programs.ts';

let databases = 0;
const STEPS = ['reserve funds', 'book flight', 'book hotel', 'deduct funds'];

const samples: readonly Sample[] = catalogue
  .filter(({ name }) => name !== 'invoice')
  .flatMap(({ name, worlds }) =>
    worlds.map((world) => ({
      name: `${name}, the world outside: ${world.name}`,
      main: programOf(name),
      conduct: world.conduct,
    })),
  );
const reliable = samples.filter(({ conduct }) => conduct.forgetsIds !== true);

function travelAgent(conduct: Conduct): Sample {
  return { name: 'travel agent', main: programOf('travel-agent'), conduct };
}

/** A disk: hands out a storage for it whenever a process starts. */
const disks: readonly { name: string; make: () => () => Promise<StorageEngine> }[] = [
  {
    name: 'memory',
    make: () => {
      const records = new MemoryStorage();
      const undying: StorageEngine = {
        load: () => records.load(),
        commit: (record) => records.commit(record),
        reset: (snapshot) => records.reset(snapshot),
        close: () => Promise.resolve(),
      };
      return () => Promise.resolve(undying);
    },
  },
  {
    name: 'IndexedDB',
    make: () => {
      const name = `samples-${databases++}`;
      return () => IndexedDbStorage.open(name);
    },
  },
  {
    name: 'file',
    make: () => {
      const files = [new MemoryFile(), new MemoryFile()] as const;
      return () => Promise.resolve(new FileLog(files));
    },
  },
];

const points: readonly CrashPoint[] = ['before commit', 'after commit', 'after release'];

describe.each(disks)('on $name', ({ make }) => {
  it.each(reliable)(
    '$name ends as if it had never died, wherever it dies',
    async (sample) => {
      const reference = await live(sample, make());
      expect(reference.letters.length).toBeGreaterThan(0);

      for (let commit = 1; commit <= reference.commits; commit++) {
        for (const point of points) {
          const { letters, journal } = await live(sample, make(), { commit, point });

          expect({ commit, point, letters, journal }).toEqual({
            commit,
            point,
            letters: reference.letters,
            journal: reference.journal,
          });
        }
      }
    },
    60_000,
  );
});

describe('the travel agent', () => {
  const [memory] = disks;

  it.each([
    { refused: 'reserve funds', undone: [] },
    { refused: 'book flight', undone: ['cancel reservation'] },
    { refused: 'book hotel', undone: ['cancel flight', 'cancel reservation'] },
    { refused: 'deduct funds', undone: ['cancel hotel', 'cancel flight', 'cancel reservation'] },
  ])('undoes $undone when it is refused to $refused', async ({ refused, undone }) => {
    const { journal, letters } = await live(
      travelAgent({ refused }),
      defined(memory, 'there is a disk').make(),
    );

    expect(journal.slice(STEPS.indexOf(refused) + 1).map((line) => line.split(':')[0])).toEqual(
      undone,
    );
    expect(letters).toEqual([`Ann: not booked: Error: ${refused} is refused`]);
  });

  it('is told apart by the ids of its effects: a world that forgets them books twice', async () => {
    const forgetful = travelAgent({ forgetsIds: true });
    const { make } = defined(memory, 'there is a disk');

    const { journal } = await live(forgetful, make(), { commit: 2, point: 'after release' });

    expect(journal.filter((line) => line.startsWith('book flight'))).toHaveLength(2);
  });
});
