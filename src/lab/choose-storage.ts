import type { Platform } from '#host/platform.ts';
import type { StorageChoice } from '#host/storage/disk.ts';

import type { UrlParameters } from './url-parameters.ts';

/** Where the disks will be, and what a person must know of it. */
export interface ChosenStorage {
  readonly storage: StorageChoice;
  readonly warning?: { readonly title: string; readonly text: string };
}

/** The storage that the address asks for, if this browser has it; IndexedDB unless it says otherwise. */
export function chooseStorage(
  { storage: wanted = 'indexeddb', durability = 'relaxed' }: UrlParameters,
  { hasIndexedDb, hasFiles }: Pick<Platform, 'hasIndexedDb' | 'hasFiles'>,
): ChosenStorage {
  if (wanted === 'memory') return { storage: { kind: 'memory' } };
  if (!hasIndexedDb) {
    return {
      storage: { kind: 'memory' },
      warning: {
        title: 'This browser keeps nothing',
        text: 'It offers no IndexedDB here, so the disks are in memory: a replica can crash and recover, but loading the page again begins afresh. A private window may be the reason.',
      },
    };
  }
  if (wanted === 'opfs' && !hasFiles) {
    return {
      storage: { kind: 'indexed-db', durability },
      warning: {
        title: 'The disks are in IndexedDB',
        text: 'The address asks for OPFS, the private file system, which this browser does not offer here.',
      },
    };
  }
  return { storage: { kind: wanted === 'opfs' ? 'opfs' : 'indexed-db', durability } };
}
