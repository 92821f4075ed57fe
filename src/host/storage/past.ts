import { ByteReader } from '#core/persistent/store/byte-reader.ts';
import { ByteWriter } from '#core/persistent/store/byte-writer.ts';
import { rolledBack, type Log, type RolledBack } from '#core/simulation/roll-back.ts';

import type { Disk } from './disk.ts';

/**
 * The logs that compaction has replaced, each as one record: a scenario may ask for a disk as it was at any commit.
 *
 * A log is written here before it is replaced, and a roll-back replaces the log before it drops what is here. So after
 * a death in between, some of it says again what a later log says; it begins with the same record, and does not count.
 */
export class Past {
  private readonly open: () => Promise<Disk>;

  constructor(open: () => Promise<Disk>) {
    this.open = open;
  }

  async clear(): Promise<void> {
    await (await this.open()).clear();
  }

  async add(log: Log): Promise<void> {
    const disk = await this.open();
    await disk.load();
    await disk.commit(packed(log));
  }

  /** The disk as it was some commits ago. */
  async before(log: Log, commits: number): Promise<RolledBack> {
    const logs = (await (await this.open()).load()).map(unpacked);
    return rolledBack(withoutRepetitions([...logs, log]).slice(0, -1), log, commits);
  }

  /** Its records, as another past can take them over. */
  async stored(): Promise<readonly Uint8Array[]> {
    return (await this.open()).load();
  }

  /** Takes over the records of another past. */
  async adopt(records: readonly Uint8Array[]): Promise<void> {
    await (await this.open()).replace(records);
  }

  async replace(logs: readonly Log[]): Promise<void> {
    await (await this.open()).replace(logs.map(packed));
  }
}

/** Each log makes void what came since one that began as it does. */
function withoutRepetitions(logs: readonly Log[]): readonly Log[] {
  let kept: Log[] = [];
  for (const log of logs) {
    const twin = kept.findIndex((earlier) => isEqual(earlier[0], log[0]));
    kept = [...(twin < 0 ? kept : kept.slice(0, twin)), log];
  }
  return kept;
}

function isEqual(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && a.length === b?.length && a.every((byte, i) => byte === b[i]);
}

function packed(log: Log): Uint8Array {
  const writer = new ByteWriter();
  writer.uint(log.length);
  for (const record of log) {
    writer.uint(record.length);
    writer.raw(record);
  }
  return writer.view().slice();
}

function unpacked(bytes: Uint8Array): Log {
  const reader = new ByteReader(bytes);
  return Array.from({ length: reader.uint() }, () => reader.raw(reader.uint()).slice());
}
