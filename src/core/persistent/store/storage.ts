/**
 * Where a storage log lives: a sequence of opaque records, the oldest first. The host owns it.
 *
 * A record is either there whole or not at all, whenever the process dies.
 */
export interface StorageEngine {
  load(): Promise<Uint8Array[]>;
  /** Appends a record; resolved means durable. */
  commit(record: Uint8Array): Promise<void>;
  /** Replaces the whole log by one snapshot, in one step. */
  reset(snapshot: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

const RECORDS_MAX = 500;
const GROWTH_MAX = 4;
/** Below this a log is too short for its growth to matter. */
const BYTES_MIN = 65_536;

/** The time has come to replace a storage log by a snapshot. */
export function shouldCompact(records: number, logBytes: number, snapshotBytes: number): boolean {
  return records > RECORDS_MAX || logBytes > Math.max(BYTES_MIN, GROWTH_MAX * snapshotBytes);
}
