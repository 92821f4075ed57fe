import { shouldCompact } from '#core/persistent/store/storage.ts';
import type { Disk as DiskOrder } from '#core/simulation/round.ts';

import type { Disk, Drive, Stored } from './storage/disk.ts';
import { Past } from './storage/past.ts';

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

/**
 * The storage log of one process: keeps its sizes, and compacts it when the log has outgrown the state. What compaction
 * replaces goes into the past, since a scenario may ask for a disk as it was.
 */
export class StorageLog {
  private readonly disk: Disk;
  private readonly past: Past;
  private sizes = emptyLog;

  constructor({ log, past }: Drive) {
    this.disk = log;
    this.past = new Past(past);
  }

  get size(): LogSize {
    return this.sizes;
  }

  /** The records from which a process starts, after what the scenario did to its disk. */
  async open(order: DiskOrder): Promise<readonly Uint8Array[]> {
    await this.prepare(order);
    const records = await this.disk.load();
    const bytes = records.reduce((sum, record) => sum + record.length, 0);
    const lastBytes = records.at(-1)?.length ?? 0;
    const snapshotBytes = records[0]?.length ?? 0;
    this.sizes = { records: records.length, bytes, commits: 0, lastBytes, snapshotBytes };
    return records;
  }

  private async prepare(order: DiskOrder): Promise<void> {
    switch (order.kind) {
      case 'kept':
      case 'rotten':
        return;
      case 'new':
      case 'wiped':
        await this.past.clear();
        await this.disk.clear();
        return;
      case 'lose-last':
      case 'older': {
        const { log, past } = await this.past.before(await this.disk.load(), order.commits);
        await this.disk.replace(log);
        await this.past.replace(past);
        return;
      }
      case 'corrupt':
        await this.disk.replace(corrupted(await this.disk.load(), order.record));
    }
  }

  /** What is on both logs. */
  async stored(): Promise<Stored> {
    return { log: await this.disk.load(), past: await this.past.stored() };
  }

  /** Puts what another host has left in the place of whatever is there. */
  async adopt({ log, past }: Stored): Promise<void> {
    await this.past.adopt(past);
    await this.disk.replace(log);
    await this.open({ kind: 'kept' });
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
    await this.past.add(await this.disk.load());
    await this.disk.reset(whole);
    this.sizes = { ...this.sizes, records: 1, bytes: whole.length, snapshotBytes: whole.length };
  }
}

/** The same records with one bit of one of them turned over; `record` counts from the end, 1 being the last; beyond the first it is the first. */
function corrupted(records: readonly Uint8Array[], record: number): Uint8Array[] {
  const damaged = Math.max(0, records.length - record);
  return records.map((bytes, i) => (i === damaged ? flipped(bytes) : bytes));
}

function flipped(bytes: Uint8Array): Uint8Array {
  const middle = bytes.length >> 1;
  return bytes.map((byte, i) => (i === middle ? byte ^ 1 : byte));
}
