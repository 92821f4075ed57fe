import type { Disk } from './disk.ts';

/**
 * The disk of a process where the browser keeps nothing, or nothing is to be kept. It lives in the page, so that
 * it outlasts the worker it serves; it does not outlast the page.
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
