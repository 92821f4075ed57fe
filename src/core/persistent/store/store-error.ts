/** Persistent state cannot be written or read back. Names the record or the path, and the reason. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly reason: string;
  /** Position in the storage log of the record that is wrong, counted from 0. */
  readonly record: number | undefined;

  constructor(reason: string, record?: number) {
    super(record === undefined ? reason : `record ${record}: ${reason}`);
    this.reason = reason;
    this.record = record;
  }
}
