import { shouldCompact, type StorageEngine } from './storage.ts';

/** Who writes records: what has changed, or everything. */
export interface RecordSource {
  delta(): Uint8Array;
  /** From here on deltas continue this. */
  compact(): Uint8Array;
}

/** Appends records to a storage, and begins its log anew when it has grown too long. */
export class StorageLog {
  readonly #storage: StorageEngine;
  #records = 0;
  #bytes = 0;
  #snapshotBytes = 0;
  /** A write has failed: whether it has arrived is not known. */
  #isUncertain = false;

  constructor(storage: StorageEngine) {
    this.#storage = storage;
  }

  async load(): Promise<readonly Uint8Array[]> {
    const records = await this.#storage.load();
    this.#records = records.length;
    this.#bytes = records.reduce((sum, record) => sum + record.length, 0);
    this.#snapshotBytes = records[0]?.length ?? 0;
    return records;
  }

  /**
   * Makes durable what has changed. When it fails nothing is lost: the next write replaces the whole
   * log by a snapshot, whatever has become of the failed one.
   */
  async write(source: RecordSource): Promise<void> {
    const isDue =
      this.#isUncertain || shouldCompact(this.#records, this.#bytes, this.#snapshotBytes);
    const record = isDue ? source.compact() : source.delta();
    this.#isUncertain = true;
    if (isDue) await this.#storage.reset(record);
    else await this.#storage.commit(record);
    this.#isUncertain = false;
    if (isDue) this.#snapshotBytes = record.length;
    this.#records = isDue ? 1 : this.#records + 1;
    this.#bytes = isDue ? record.length : this.#bytes + record.length;
  }

  async close(): Promise<void> {
    await this.#storage.close();
  }
}
