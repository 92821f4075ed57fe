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

/** What a record refers to by a number. */
export function known<T>(value: T | undefined, what: string, number: number): T {
  if (value === undefined) throw new StoreError(`there is no ${what} ${number}`);
  return value;
}

/** Stored state needs a part of the program that is not there any more. */
export function gone(what: string, id: string, why = ''): StoreError {
  const fix = id.startsWith('runtime#')
    ? `Import it from 'persistent'.`
    : `Restore it, or name its successor with alias('${id}', …).`;
  return new StoreError(`the ${what} ${id} is gone${why}. ${fix}`);
}
