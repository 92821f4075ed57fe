import type { Durability } from './disk.ts';
import { FileLog, type SyncFile } from './file-log.ts';
import { StorageError, storageError } from './storage-error.ts';

/** Workers alone have it, so that the types of the page do not know it. */
interface WorkerFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncFile>;
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
  patience = patienceMs,
): Promise<FileLog> {
  try {
    const folder = await folderOf(name);
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

async function folderOf(name: string): Promise<FileSystemDirectoryHandle> {
  // Typed as always there, and missing in older browsers and outside secure contexts.
  const storage: Partial<StorageManager> | undefined = navigator.storage;
  if (storage?.getDirectory === undefined) {
    throw new StorageError(
      'this browser has no private file system (OPFS). Use storage=indexeddb.',
    );
  }
  let folder = await navigator.storage.getDirectory();
  for (const part of name.split(':')) {
    folder = await folder.getDirectoryHandle(part, { create: true });
  }
  return folder;
}

async function opened(
  folder: FileSystemDirectoryHandle,
  name: string,
  patience: number,
): Promise<SyncFile> {
  const file = await folder.getFileHandle(name, { create: true });
  if (!isOfWorker(file)) {
    throw new StorageError('this browser opens files only where it cannot write them at once.');
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

function isOfWorker(file: FileSystemFileHandle): file is WorkerFileHandle {
  return 'createSyncAccessHandle' in file;
}

function isTaken(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NoModificationAllowedError';
}
