import { wrap, type ProxyMarked } from 'comlink';

import { assert } from '#core/base/assert.ts';

import type { Disk, Drive, StorageChoice } from './disk.ts';
import { IndexedDbStorage } from './indexed-db-storage.ts';
import type { openOpfsStorage } from './opfs-storage.ts';

/** What the page exposes of a process's disks in memory. */
export interface MemoryDrive {
  readonly log: Disk & ProxyMarked;
  readonly past: Disk & ProxyMarked;
}

/** Opens what a process writes to; `memory` leads to the page, where that is in memory. */
export async function openDrive(
  choice: StorageChoice,
  name: string,
  memory: MessagePort | undefined,
): Promise<Drive> {
  switch (choice.kind) {
    case 'memory': {
      assert(memory !== undefined, 'disks in memory come with a port to the page');
      const drive = wrap<MemoryDrive>(memory);
      return { log: drive.log, past: async () => drive.past };
    }
    case 'indexed-db': {
      const log = await IndexedDbStorage.open(name, choice.durability);
      return { log, past: () => Promise.resolve(log.past()) };
    }
    case 'opfs': {
      const open = await opfs();
      const log = await open(name, choice.durability);
      let past: Promise<Disk> | undefined;
      return { log, past: () => (past ??= open(`${name}:past`, choice.durability)) };
    }
  }
}

/** Opens only the storage log: what is kept when the page is not. */
export async function openLog(
  choice: Exclude<StorageChoice, { readonly kind: 'memory' }>,
  name: string,
): Promise<Disk> {
  if (choice.kind === 'opfs') return (await opfs())(name, choice.durability);
  return IndexedDbStorage.open(name, choice.durability);
}

/** Few labs have their disks in files. */
async function opfs(): Promise<typeof openOpfsStorage> {
  return (await import('./opfs-storage.ts')).openOpfsStorage;
}
