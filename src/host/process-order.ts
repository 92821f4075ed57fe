import type { Configuration } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Disk as DiskOrder } from '#core/simulation/round.ts';

import type { Durability } from './storage/indexed-db-storage.ts';

/** Where the disks of a session's processes are. */
export type StorageChoice =
  | { readonly kind: 'indexed-db'; readonly durability: Durability }
  /** In the page: lost with it. */
  | { readonly kind: 'memory' };

/** What the bus wants the page to bring to life. */
export interface ProcessOrder {
  readonly cluster: string;
  readonly process: ProcessId;
  readonly incarnation: number;
  readonly disk: DiskOrder;
  readonly configuration: Configuration;
  readonly storage: StorageChoice;
}

/** The IndexedDB database with the storage log of a process. */
export function databaseName(cluster: string, process: ProcessId): string {
  return `pbft-lab:${cluster}:${process}`;
}

/** Every process of a cluster: replicas, then clients. */
export function membersOf({ n, clients }: Configuration): readonly ProcessId[] {
  const replicas = Array.from({ length: n }, (_, i): ProcessId => i);
  return [...replicas, ...Array.from({ length: clients }, (_, i): ProcessId => `c${i}`)];
}
