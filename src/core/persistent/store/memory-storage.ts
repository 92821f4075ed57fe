import { assert } from '#core/base/assert.ts';

import type { StorageEngine } from './storage.ts';

/** A storage log that dies with the process: for tests, and where a browser offers no disk. */
export class MemoryStorage implements StorageEngine {
  #records: Uint8Array[] = [];
  #closed = false;

  load(): Promise<Uint8Array[]> {
    this.#assertOpen();
    return Promise.resolve(this.#records.map((record) => record.slice()));
  }

  commit(record: Uint8Array): Promise<void> {
    this.#assertOpen();
    this.#records.push(record.slice());
    return Promise.resolve();
  }

  reset(snapshot: Uint8Array): Promise<void> {
    this.#assertOpen();
    this.#records = [snapshot.slice()];
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  #assertOpen(): void {
    assert(!this.#closed, 'a closed storage is not used');
  }
}
