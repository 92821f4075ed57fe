import type { ObjectChange } from '#core/persistent/index.ts';

import type { Durability, StorageChoice } from './storage/disk.ts';

/** The disk of a process, in numbers, and what its last commit wrote, object by object. */
export interface DiskReport {
  readonly engine: 'IndexedDB' | 'OPFS' | 'memory';
  /** Absent where nothing is durable. */
  readonly durability?: Durability;
  readonly records: number;
  readonly bytes: number;
  readonly commits: number;
  readonly lastBytes: number;
  readonly snapshotBytes: number;
  readonly lastCommit: readonly ObjectChange[];
}

/** The choice of storage as a report tells it. */
export function engineOf(storage: StorageChoice): Pick<DiskReport, 'engine' | 'durability'> {
  if (storage.kind === 'memory') return { engine: 'memory' };
  const { kind, durability } = storage;
  return { engine: kind === 'opfs' ? 'OPFS' : 'IndexedDB', durability };
}
