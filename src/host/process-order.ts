import type { Configuration } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Disk as DiskOrder } from '#core/simulation/round.ts';

import type { StorageChoice } from './storage/disk.ts';

/** What the bus wants the page to bring to life. */
export interface ProcessOrder {
  readonly cluster: string;
  readonly process: ProcessId;
  readonly incarnation: number;
  readonly disk: DiskOrder;
  readonly configuration: Configuration;
  readonly storage: StorageChoice;
}

/** The name of a process's storage, whatever keeps it. */
export function storageName(cluster: string, process: ProcessId): string {
  return `pbft-lab:${cluster}:${process}`;
}

/** Every process of a cluster: replicas, then clients. */
export function membersOf({ n, clients }: Configuration): readonly ProcessId[] {
  const replicas = Array.from({ length: n }, (_, i): ProcessId => i);
  return [...replicas, ...Array.from({ length: clients }, (_, i): ProcessId => `c${i}`)];
}
