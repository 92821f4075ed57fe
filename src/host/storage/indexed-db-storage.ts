import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { Disk, Durability } from './disk.ts';
import { browserLocks, own, type OwnerLocks } from './ownership.ts';
import { StorageError, storageError } from './storage-error.ts';

interface LogSchema extends DBSchema {
  readonly log: { key: number; value: Uint8Array };
  readonly past: { key: number; value: Uint8Array };
}

type LogName = 'log' | 'past';

/** How long to wait for others, in milliseconds, and by which locks they are known. */
interface Opening {
  readonly patience?: number;
  readonly locks?: OwnerLocks;
}

const version = 2;
/** An upgrade waits for tabs with an older version, and a deletion for everybody, for as long as they like. */
const patienceMs = 5000;

/**
 * A process's storage log in IndexedDB: one record per commit, each in a transaction of its own.
 *
 * A promise resolves on the transaction's `complete`, never on the request's success: what resolved is durable.
 */
export class IndexedDbStorage implements Disk {
  private readonly database: IDBPDatabase<LogSchema>;
  private readonly durability: Durability;
  private readonly release: () => void;
  private readonly name: LogName;

  private constructor(
    database: IDBPDatabase<LogSchema>,
    durability: Durability,
    release: () => void,
    name: LogName = 'log',
  ) {
    this.database = database;
    this.durability = durability;
    this.release = release;
    this.name = name;
  }

  /** Whoever has opened it owns it until `close`, or until its thread ends; another is refused. */
  static async open(
    name: string,
    durability: Durability = 'relaxed',
    { patience = patienceMs, locks = browserLocks() }: Opening = {},
  ): Promise<IndexedDbStorage> {
    try {
      const release = await own(name, patience, locks);
      try {
        return new IndexedDbStorage(await opened(name, patience), durability, release);
      } catch (error) {
        release();
        throw error;
      }
    } catch (error) {
      throw storageError(`The database ${name} could not be opened`, error);
    }
  }

  /** A second log in the same database, for what compaction has replaced. It is closed with this one. */
  past(): Disk {
    return new IndexedDbStorage(this.database, this.durability, this.release, 'past');
  }

  async load(): Promise<Uint8Array[]> {
    try {
      return await this.database.getAll(this.name);
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
    this.release();
    return Promise.resolve();
  }

  private async write(doing: string, change: (log: LogWriter) => Promise<unknown>): Promise<void> {
    const { name, durability } = this;
    try {
      const transaction = this.database.transaction(name, 'readwrite', { durability });
      await Promise.all([change(transaction.store), transaction.done]);
    } catch (error) {
      throw storageError(doing, error);
    }
  }
}

/** Rejects when the browser does not open it in time: somebody else has it, in a version that must go first. */
async function opened(name: string, patience: number): Promise<IDBPDatabase<LogSchema>> {
  const opening = openDB<LogSchema>(name, version, {
    upgrade: (database, from) => {
      if (from < 1) database.createObjectStore('log', { autoIncrement: true });
      if (from < 2) database.createObjectStore('past', { autoIncrement: true });
    },
    // A newer version of the lab wants to upgrade it, or it is deleted: what is committed is kept, and the next
    // commit here is refused.
    blocking: () => void closed(opening),
  });
  let stopWaiting: (() => void) | undefined;
  const late = new Promise<undefined>((resolve) => {
    const timer = setTimeout(resolve, patience);
    stopWaiting = () => {
      clearTimeout(timer);
    };
  });
  const database = await Promise.race([opening, late]).finally(() => stopWaiting?.());
  if (database !== undefined) return database;
  void closed(opening);
  throw new StorageError(
    'the browser does not open it: another tab may have an older version of it open. Close the other tabs of this page.',
  );
}

async function closed(opening: Promise<IDBPDatabase<LogSchema>>): Promise<void> {
  (await opening).close();
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
