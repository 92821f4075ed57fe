import { openDB } from 'idb';

import type { Durability } from '#host/storage/disk.ts';
import { IndexedDbStorage } from '#host/storage/indexed-db-storage.ts';
import { browserLocks, type OwnerLocks } from '#host/storage/ownership.ts';

import { recordAsPiece } from './frames.ts';
import type { Engine, Specimen } from './specimen.ts';

/** IndexedDB under examination: the browser's, or a fake of it. */
export function indexedDbEngine(durability: Durability, locks = browserLocks()): Engine {
  let made = 0;
  return {
    name: `IndexedDB, ${durability}`,
    hasOneOwner: true,
    tears: 'none',
    make: () =>
      Promise.resolve(specimen(`contract:${durability}:${(made += 1)}`, durability, locks)),
  };
}

function specimen(name: string, durability: Durability, locks: OwnerLocks | undefined): Specimen {
  const opening = { patience: 100, ...(locks !== undefined && { locks }) };
  return {
    open: () => IndexedDbStorage.open(name, durability, opening),
    pieces: async () => {
      const database = await openDB(name);
      const values: unknown[] = await database.getAll('log');
      database.close();
      return values.map((value, i) => {
        if (!(value instanceof Uint8Array)) throw new TypeError('a record is bytes');
        return recordAsPiece(value, i);
      });
    },
    overwrite: async (pieces) => {
      const database = await openDB(name);
      const transaction = database.transaction('log', 'readwrite');
      await transaction.store.clear();
      for (const piece of pieces) await transaction.store.add(piece);
      await transaction.done;
      database.close();
    },
  };
}
