import { shouldCompact } from '#core/persistent/store/storage.ts';
import type { Disk as DiskOrder } from '#core/simulation/round.ts';

import type { Disk } from './storage/memory-disk.ts';

/** The sizes of a storage log. */
export interface LogSize {
  readonly records: number;
  readonly bytes: number;
  readonly commits: number;
  readonly lastBytes: number;
  readonly snapshotBytes: number;
}

/** The sizes of a storage log with nothing in it. */
export const emptyLog: LogSize = {
  records: 0,
  bytes: 0,
  commits: 0,
  lastBytes: 0,
  snapshotBytes: 0,
};

/** The storage log of one process: keeps its sizes, and compacts it when the log has outgrown the state. */
export class StorageLog {
  private readonly disk: Disk;
  private sizes = emptyLog;

  constructor(disk: Disk) {
    this.disk = disk;
  }

  get size(): LogSize {
    return this.sizes;
  }

  /** The records from which a process starts, after what the scenario did to its disk. */
  async open(order: DiskOrder): Promise<readonly Uint8Array[]> {
    if (order.kind === 'new' || order.kind === 'wiped') await this.disk.clear();
    if ('commits' in order) {
      await this.disk.replace(withoutLast(await this.disk.load(), order.commits));
    }
    if (order.kind === 'corrupt') {
      await this.disk.replace(corrupted(await this.disk.load(), order.record));
    }
    const records = await this.disk.load();
    const bytes = records.reduce((sum, record) => sum + record.length, 0);
    const lastBytes = records.at(-1)?.length ?? 0;
    const snapshotBytes = records[0]?.length ?? 0;
    this.sizes = { records: records.length, bytes, commits: 0, lastBytes, snapshotBytes };
    return records;
  }

  /** Resolves when the record is durable. */
  async commit(record: Uint8Array): Promise<void> {
    await this.disk.commit(record);
    const { records, bytes, commits, snapshotBytes } = this.sizes;
    this.sizes = {
      records: records + 1,
      bytes: bytes + record.length,
      commits: commits + 1,
      lastBytes: record.length,
      snapshotBytes: records === 0 ? record.length : snapshotBytes,
    };
  }

  /** Puts a snapshot in the place of a log that has outgrown it. */
  async compact(snapshot: () => Uint8Array): Promise<void> {
    const { records, bytes, snapshotBytes } = this.sizes;
    if (!shouldCompact(records, bytes, snapshotBytes)) return;
    const whole = snapshot();
    await this.disk.reset(whole);
    this.sizes = { ...this.sizes, records: 1, bytes: whole.length, snapshotBytes: whole.length };
  }
}

/** The records as they were some commits ago; a log that was compacted since then cannot tell. */
function withoutLast(records: readonly Uint8Array[], commits: number): Uint8Array[] {
  if (commits >= records.length) throw new Error('the disk was compacted since then');
  return records.slice(0, records.length - commits);
}

/** The same records with one bit of one of them turned over; `record` counts from the end, 1 being the last. */
function corrupted(records: readonly Uint8Array[], record: number): Uint8Array[] {
  const damaged = records.length - record;
  return records.map((bytes, i) => (i === damaged ? flipped(bytes) : bytes));
}

function flipped(bytes: Uint8Array): Uint8Array {
  const middle = bytes.length >> 1;
  return bytes.map((byte, i) => (i === middle ? byte ^ 1 : byte));
}
