import type { ProcessId } from '#core/pbft/message.ts';

import { identityOf } from './process-order.ts';

/** Who does not hear whom. */
export interface Partition {
  /** Only members of a group hear each other; a process in none is alone, but a second instance that
   * none names is where its replica is. No group at all cuts nothing. */
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
  const [source, target] = [memberOf(partition, from), memberOf(partition, to)];
  return partition.groups.some((group) => group.includes(source) && group.includes(target));
}

/** As whom a process counts among the groups. */
function memberOf({ groups }: Partition, process: ProcessId): ProcessId {
  return groups.some((group) => group.includes(process)) ? process : identityOf(process);
}
