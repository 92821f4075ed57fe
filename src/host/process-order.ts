import type { Configuration } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Presence } from '#core/simulation/conductor.ts';
import type { Disk as DiskOrder } from '#core/simulation/round.ts';

import type { StorageChoice, Stored } from './storage/disk.ts';

/** What the bus wants the page to bring to life. */
export interface ProcessOrder {
  readonly cluster: string;
  readonly process: ProcessId;
  readonly incarnation: number;
  readonly disk: DiskOrder;
  readonly configuration: Configuration;
  readonly storage: StorageChoice;
  /** It goes on from where a rehearsal has left it, and does not restart. */
  readonly adopted?: Adopted;
}

/** A process as a rehearsal has left it: its disk, and which incarnation it is. */
interface Adopted {
  readonly stored: Stored;
  readonly presence: Presence;
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
