import { defined } from '#core/base/assert.ts';
import { shouldCompact } from '#core/persistent/store/storage.ts';

import { rolledBack } from './roll-back.ts';
import type { Disk } from './round.ts';

/** The storage log of one process in memory: records that outlive the process, and that a scenario can damage. */
export class SimulatedDisk {
  protected log: Uint8Array[] = [];
  private bytesSinceFirst = 0;
  /** The logs that compaction has replaced: a scenario may ask for any of their commits. */
  private past: readonly (readonly Uint8Array[])[] = [];

  private readonly keepsPast: boolean;

  /** A disk that does not keep what compaction replaces cannot be rolled back beyond it. */
  constructor(keepsPast = true) {
    this.keepsPast = keepsPast;
  }

  get records(): readonly Uint8Array[] {
    return this.log;
  }

  append(record: Uint8Array): void {
    if (this.log.length > 0) this.bytesSinceFirst += record.length;
    this.log.push(record);
  }

  /** Whether the log has outgrown its first record. */
  get isLong(): boolean {
    return shouldCompact(this.log.length, this.bytesSinceFirst, this.log[0]?.length ?? 0);
  }

  /** Replaces the log by one record that says as much. */
  compact(snapshot: Uint8Array): void {
    if (this.keepsPast) this.past = [...this.past, this.log];
    this.log = [snapshot];
    this.bytesSinceFirst = 0;
  }

  /** Puts what is on another disk in the place of whatever is here. */
  copy({ log, past, bytesSinceFirst }: SimulatedDisk): void {
    this.log = [...log];
    this.past = past;
    this.bytesSinceFirst = bytesSinceFirst;
  }

  /** What a process finds that starts from here. */
  prepare(disk: Disk): void {
    switch (disk.kind) {
      case 'new':
      case 'wiped':
        this.log = [];
        this.past = [];
        this.bytesSinceFirst = 0;
        return;
      case 'lose-last':
      case 'older':
        this.lose(disk.commits);
        return;
      case 'kept':
      // Every record is as it was written: what it says of the state is not.
      case 'rotten':
        return;
      case 'corrupt':
        this.corrupt(disk.record);
        return;
    }
  }

  /** Forgets the last commits, through compactions if need be. */
  private lose(commits: number): void {
    const { log, past } = rolledBack(this.past, this.log, commits);
    this.log = [...log];
    this.past = past;
    this.bytesSinceFirst = this.log.slice(1).reduce((sum, record) => sum + record.length, 0);
  }

  /** Flips one bit in the middle of a record, counted from the end; of the first, where there are not so many. */
  private corrupt(fromEnd: number): void {
    if (this.log.length === 0) return;
    const at = Math.max(0, this.log.length - fromEnd);
    const record = defined(this.log[at], 'the record is on the disk').slice();
    const middle = record.length >>> 1;
    record[middle] = defined(record[middle], 'a record has bytes') ^ 1;
    this.log[at] = record;
  }
}
