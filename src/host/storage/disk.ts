import type { StorageEngine } from '#core/persistent/store/storage.ts';

/** `relaxed` survives the end of worker, tab and browser; `strict` also the loss of power. */
export type Durability = 'relaxed' | 'strict';

/** Where the disks of a session's processes are. */
export type StorageChoice =
  | { readonly kind: 'indexed-db' | 'opfs'; readonly durability: Durability }
  /** In the page: lost with it. */
  | { readonly kind: 'memory' };

/** A storage engine to which a scenario can do what it does to disks. */
export interface Disk extends StorageEngine {
  clear(): Promise<void>;
  /** Puts `records` in the place of the whole log, or changes nothing. */
  replace(records: readonly Uint8Array[]): Promise<void>;
}

/** What a process writes to: its storage log, and beside it the logs that compaction has replaced. */
export interface Drive {
  readonly log: Disk;
  /** Opened when it is first needed. */
  readonly past: () => Promise<Disk>;
}

/** What is on the two logs of a drive. */
export interface Stored {
  readonly log: readonly Uint8Array[];
  readonly past: readonly Uint8Array[];
}
