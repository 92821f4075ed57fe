import type { ObjectChange } from '#core/persistent/index.ts';

/** The disk of a process, in numbers, and what its last commit wrote, object by object. */
export interface DiskReport {
  readonly engine: 'IndexedDB' | 'memory';
  readonly records: number;
  readonly bytes: number;
  readonly commits: number;
  readonly lastBytes: number;
  readonly snapshotBytes: number;
  readonly lastCommit: readonly ObjectChange[];
}
