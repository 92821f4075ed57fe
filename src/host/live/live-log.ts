import { shouldCompact } from '#core/persistent/store/storage.ts';
import type { Disk } from '#host/storage/disk.ts';

/** What is written: everything since the last record, or the whole state. */
export interface Recorded {
  commit(): Uint8Array;
  compact(): Uint8Array;
}

/**
 * The storage log of a replica in live mode. It keeps no past: what compaction replaces is gone, so that the disk stays
 * as small as the state. The snapshot takes the place of a commit, and is as durable.
 */
export class LiveLog {
  commits = 0;
  writtenBytes = 0;
  private readonly disk: Disk;
  private records = 0;
  private bytes = 0;
  private snapshotBytes = 0;

  constructor(disk: Disk) {
    this.disk = disk;
  }

  /** How much is on the disk. */
  get size(): number {
    return this.bytes;
  }

  /** An empty disk for a new identity. */
  async clear(): Promise<void> {
    await this.disk.clear();
    await this.load();
  }

  async load(): Promise<readonly Uint8Array[]> {
    const records = await this.disk.load();
    this.records = records.length;
    this.bytes = records.reduce((sum, record) => sum + record.length, 0);
    this.snapshotBytes = records[0]?.length ?? 0;
    return records;
  }

  /** The record is made at once; the promise resolves when it is durable. */
  async write(machine: Recorded): Promise<void> {
    const isSnapshot = shouldCompact(this.records, this.bytes, this.snapshotBytes);
    const record = isSnapshot ? machine.compact() : machine.commit();
    const { length } = record;
    await (isSnapshot ? this.disk.reset(record) : this.disk.commit(record));
    this.commits += 1;
    this.writtenBytes += length;
    if (isSnapshot || this.records === 0) this.snapshotBytes = length;
    this.records = isSnapshot ? 1 : this.records + 1;
    this.bytes = isSnapshot ? length : this.bytes + length;
  }

  close(): Promise<void> {
    return this.disk.close();
  }
}
