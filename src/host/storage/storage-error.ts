/** The browser refused or lost a write: the process that needed it stops, and nothing of that turn is sent. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** `cause` in the words of a person, with what to do next. */
export function storageError(doing: string, cause: unknown): StorageError {
  return new StorageError(`${doing}: ${explain(cause)}`, { cause });
}

function explain(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  switch (cause.name) {
    case 'QuotaExceededError':
      return 'this browser has no room left for the page. Free some space, or open a new cluster.';
    case 'AbortError':
      return 'the browser aborted the transaction. Restart the replica; what it committed before is kept.';
    case 'InvalidStateError':
      return 'the browser closed the database. Restart the replica.';
    default:
      return `${cause.name}: ${cause.message}`;
  }
}
