import type { StorageEngine } from '#core/persistent/store/storage.ts';

/** What a process worker asks of its disk: the storage engine, and what a scenario does to a disk. */
export interface Disk extends StorageEngine {
  clear(): Promise<void>;
  replace(records: readonly Uint8Array[]): Promise<void>;
}

/**
 * The disk of a process where the browser has no IndexedDB. It lives in the page, so that it outlasts
 * the worker it serves; it does not outlast the page.
 */
export class MemoryDisk implements Disk {
  private records: Uint8Array[] = [];

  load(): Promise<Uint8Array[]> {
    return Promise.resolve(this.records.map((record) => record.slice()));
  }

  commit(record: Uint8Array): Promise<void> {
    this.records.push(record.slice());
    return Promise.resolve();
  }

  reset(snapshot: Uint8Array): Promise<void> {
    return this.replace([snapshot]);
  }

  clear(): Promise<void> {
    return this.replace([]);
  }

  replace(records: readonly Uint8Array[]): Promise<void> {
    this.records = records.map((record) => record.slice());
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
