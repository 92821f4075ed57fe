import type { Durability } from './disk.ts';
import { FileLog, type SyncFile } from './file-log.ts';
import { StorageError, storageError } from './storage-error.ts';

/** The part of a file system handle that is used; only a worker's files can be opened. */
export interface Folder {
  readonly kind: 'directory';
  getDirectoryHandle(name: string, options: { readonly create: true }): Promise<Folder>;
  getFileHandle(
    name: string,
    options: { readonly create: true },
  ): Promise<{ readonly kind: 'file'; createSyncAccessHandle?(): Promise<SyncFile> }>;
}

/** How long to wait for others, in milliseconds, and where the files are. */
interface Opening {
  readonly patience?: number;
  readonly root?: () => Promise<Folder>;
}

/** A worker that was terminated lets go of its files a little later. */
const patienceMs = 5000;
const pauseMs = 20;

/**
 * Opens the two files of a storage log in the origin's private file system; `a:b` is the directory `b` in `a`.
 *
 * Only in a worker. Whoever has the files open owns them: another is refused once its patience is over.
 */
export async function openOpfsStorage(
  name: string,
  durability: Durability = 'relaxed',
  { patience = patienceMs, root = privateRoot }: Opening = {},
): Promise<FileLog> {
  try {
    const folder = await folderOf(name, root);
    const first = await opened(folder, 'first.log', patience);
    try {
      return new FileLog([first, await opened(folder, 'second.log', patience)], durability);
    } catch (error) {
      first.close();
      throw error;
    }
  } catch (error) {
    throw storageError(`The storage ${name} could not be opened`, error);
  }
}

async function folderOf(name: string, root: () => Promise<Folder>): Promise<Folder> {
  let folder = await root();
  for (const part of name.split(':')) {
    folder = await folder.getDirectoryHandle(part, { create: true });
  }
  return folder;
}

function privateRoot(): Promise<Folder> {
  // Typed as always there, and missing in older browsers and outside secure contexts.
  const { navigator }: { readonly navigator?: { readonly storage?: Partial<StorageManager> } } =
    globalThis;
  const storage = navigator?.storage;
  if (storage?.getDirectory === undefined) {
    throw new StorageError(
      'this browser has no private file system (OPFS). Use storage=indexeddb.',
    );
  }
  return storage.getDirectory();
}

async function opened(folder: Folder, name: string, patience: number): Promise<SyncFile> {
  const file = await folder.getFileHandle(name, { create: true });
  if (file.createSyncAccessHandle === undefined) {
    throw new StorageError('this browser opens its files only in workers, or not at all.');
  }
  for (let waited = 0; ; waited += pauseMs) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (!isTaken(error) || waited >= patience) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NoModificationAllowedError';
}
