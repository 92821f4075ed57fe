import type { Disk } from './disk.ts';
import { storageError } from './storage-error.ts';

/**
 * The disk of a process where the browser keeps nothing, or nothing is to be kept. It lives in the page, so that
 * it outlasts the worker it serves; it does not outlast the page.
 */
export class MemoryDisk implements Disk {
  private records: Uint8Array[] = [];

  load(): Promise<Uint8Array[]> {
    return Promise.resolve(this.records.map((record) => record.slice()));
  }

  async commit(record: Uint8Array): Promise<void> {
    this.records.push(...copiesOf([record]));
  }

  reset(snapshot: Uint8Array): Promise<void> {
    return this.replace([snapshot]);
  }

  clear(): Promise<void> {
    return this.replace([]);
  }

  async replace(records: readonly Uint8Array[]): Promise<void> {
    this.records = copiesOf(records);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function copiesOf(records: readonly Uint8Array[]): Uint8Array[] {
  try {
    return records.map((record) => record.slice());
  } catch (error) {
    throw storageError('A record could not be kept', error);
  }
}
