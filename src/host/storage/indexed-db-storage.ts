import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { StorageEngine } from '#core/persistent/store/storage.ts';

import { storageError } from './storage-error.ts';

/** `relaxed` survives the end of worker, tab and browser; `strict` also the loss of power. */
export type Durability = 'relaxed' | 'strict';

interface LogSchema extends DBSchema {
  readonly log: { key: number; value: Uint8Array };
}

/**
 * A process's storage log in IndexedDB: one record per commit, each in a transaction of its own.
 *
 * A promise resolves on the transaction's `complete`, never on the request's success: what resolved is durable.
 */
export class IndexedDbStorage implements StorageEngine {
  private readonly database: IDBPDatabase<LogSchema>;
  private readonly durability: Durability;

  private constructor(database: IDBPDatabase<LogSchema>, durability: Durability) {
    this.database = database;
    this.durability = durability;
  }

  static async open(name: string, durability: Durability = 'relaxed'): Promise<IndexedDbStorage> {
    try {
      const database = await openDB<LogSchema>(name, 1, {
        upgrade: (fresh) => {
          fresh.createObjectStore('log', { autoIncrement: true });
        },
      });
      return new IndexedDbStorage(database, durability);
    } catch (error) {
      throw storageError(`The database ${name} could not be opened`, error);
    }
  }

  async load(): Promise<Uint8Array[]> {
    try {
      return await this.database.getAll('log');
    } catch (error) {
      throw storageError('The storage log could not be read', error);
    }
  }

  async commit(record: Uint8Array): Promise<void> {
    await this.write('A commit could not be written', (log) => log.add(record));
  }

  /** Compaction: the snapshot takes the place of the whole log, or nothing changes. */
  async reset(snapshot: Uint8Array): Promise<void> {
    await this.write('The storage log could not be compacted', (log) => take(log, [snapshot]));
  }

  /** An empty disk for a new identity. */
  async clear(): Promise<void> {
    await this.write('The storage log could not be cleared', (log) => log.clear());
  }

  /** Puts `records` in the place of the whole log: what a damaged disk is made with. */
  async replace(records: readonly Uint8Array[]): Promise<void> {
    await this.write('The storage log could not be replaced', (log) => take(log, records));
  }

  close(): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }

  private async write(doing: string, change: (log: LogWriter) => Promise<unknown>): Promise<void> {
    try {
      const transaction = this.database.transaction('log', 'readwrite', {
        durability: this.durability,
      });
      await Promise.all([change(transaction.store), transaction.done]);
    } catch (error) {
      throw storageError(doing, error);
    }
  }
}

interface LogWriter {
  add(record: Uint8Array): Promise<number>;
  clear(): Promise<void>;
  delete(range: IDBKeyRange): Promise<void>;
}

/** The new records go in before the old ones go: a record that cannot be stored leaves the log as it was. */
async function take(log: LogWriter, records: readonly Uint8Array[]): Promise<void> {
  const keys: number[] = [];
  for (const record of records) keys.push(await log.add(record));
  const [first] = keys;
  if (first === undefined) await log.clear();
  else await log.delete(IDBKeyRange.upperBound(first, true));
}
