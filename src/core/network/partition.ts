import type { ProcessId } from '#core/pbft/message.ts';

/** Who does not hear whom. */
export interface Partition {
  /** Only members of a group hear each other; a process in none is alone. No group at all cuts nothing. */
  readonly groups: readonly (readonly ProcessId[])[];
  /** One-way: the first is not heard by the second. */
  readonly cuts: readonly (readonly [ProcessId, ProcessId])[];
}

/** The network in one piece. */
export const whole: Partition = { groups: [], cuts: [] };

/** Whether a message from one process reaches another. */
export function isReachable(partition: Partition, from: ProcessId, to: ProcessId): boolean {
  if (partition.cuts.some(([source, target]) => source === from && target === to)) return false;
  if (partition.groups.length === 0 || from === to) return true;
  return partition.groups.some((group) => group.includes(from) && group.includes(to));
}
