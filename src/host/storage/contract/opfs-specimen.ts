import type { Durability } from '#host/storage/disk.ts';
import type { SyncFile } from '#host/storage/file-log.ts';
import { openOpfsStorage, type Folder } from '#host/storage/opfs-storage.ts';

import { fileAsPiece } from './frames.ts';
import type { Engine, Specimen } from './specimen.ts';

const fileNames = ['first.log', 'second.log'] as const;

/** The private file system under examination: the browser's, or one in memory. */
export function opfsEngine(durability: Durability, root: () => Promise<Folder>): Engine {
  let made = 0;
  return {
    name: `OPFS, ${durability}`,
    hasOneOwner: true,
    tears: 'tail',
    make: () =>
      Promise.resolve(specimen(`contract:${durability}:${(made += 1)}`, durability, root)),
  };
}

function specimen(name: string, durability: Durability, root: () => Promise<Folder>): Specimen {
  return {
    open: () => openOpfsStorage(name, durability, { patience: 100, root }),
    pieces: async () => {
      const pieces = [];
      for (const file of fileNames) {
        pieces.push(
          await withFile(name, file, root, (open) => {
            const bytes = new Uint8Array(open.getSize());
            open.read(bytes, { at: 0 });
            return fileAsPiece(bytes);
          }),
        );
      }
      return pieces;
    },
    overwrite: async (pieces) => {
      for (const [i, file] of fileNames.entries()) {
        await withFile(name, file, root, (open) => {
          open.truncate(0);
          open.write(pieces[i] ?? new Uint8Array(0), { at: 0 });
        });
      }
    },
  };
}

async function withFile<T>(
  name: string,
  fileName: string,
  root: () => Promise<Folder>,
  action: (file: SyncFile) => T,
): Promise<T> {
  let folder = await root();
  for (const part of name.split(':')) {
    folder = await folder.getDirectoryHandle(part, { create: true });
  }
  const handle = await folder.getFileHandle(fileName, { create: true });
  if (handle.createSyncAccessHandle === undefined) throw new TypeError('a worker opens files');
  const file = await handle.createSyncAccessHandle();
  try {
    return action(file);
  } finally {
    file.close();
  }
}
