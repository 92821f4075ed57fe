/** The browser refused or lost a write: the process that needed it stops, and nothing of that turn is sent. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** `cause` in the words of a person, with what to do next. */
export function storageError(doing: string, cause: unknown): StorageError {
  return new StorageError(`${doing}: ${explain(cause)}`, { cause });
}

/** What the browser's exceptions mean, and what a person can do. */
const explanations: Readonly<Record<string, string>> = {
  QuotaExceededError:
    'this browser has no room left for the page. Free some space, or open a new cluster.',
  AbortError:
    'the browser aborted the transaction. Restart the replica; what it committed before is kept.',
  InvalidStateError: 'the browser closed it, or another tab of the lab did. Load the page again.',
  VersionError:
    'a newer version of the lab has written it. Load the page again to get that version.',
  NoModificationAllowedError: 'another tab or worker has it open. Close the other tab.',
  SecurityError:
    'this browser lets the page keep nothing, as in a private window. Use an ordinary window, or storage=memory.',
  NotFoundError: 'its files are gone: the data of this page were deleted. Load the page again.',
};

function explain(cause: unknown): string {
  if (cause instanceof StorageError) return cause.message;
  // A DOMException is no Error everywhere.
  const { name, message } =
    cause instanceof DOMException || cause instanceof Error ? cause : fallback(cause);
  return explanations[name] ?? `${name}: ${message}`;
}

function fallback(cause: unknown): { readonly name: string; readonly message: string } {
  return { name: 'Error', message: String(cause) };
}
