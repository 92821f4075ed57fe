import type { MessageType, ProcessId } from '#core/pbft/message.ts';

import type { Draft } from './random-faults.ts';
import type { Step } from './scenario.ts';

/** A phase of the protocol in a view: what a round-structured adversary (Twins, ByzzFuzz) divides the network for. */
export interface PhaseOfView {
  readonly type: MessageType;
  readonly view: number;
}

/** The phases that decide something, in their order. */
export const phases: readonly MessageType[] = [
  'pre-prepare',
  'prepare',
  'commit',
  'view-change',
  'new-view',
];

/** How often a message is lost on its way across the division: the first time, and once when it is said again. */
const lossesMax = 2;

/** The groups of a division, each replica in one of them. */
export function randomGroups({ random, replicas }: Draft): readonly (readonly number[])[] {
  const count = random.pick([2, 2, 3]);
  const sides = Array.from({ length: replicas }, () => random.integer(0, count - 1));
  return Array.from({ length: count }, (_, side) =>
    sides.flatMap((chosen, replica) => (chosen === side ? [replica] : [])),
  );
}

/** The messages of one phase do not cross from group to group; those of the others do. */
export function phasePartition(
  { type, view }: PhaseOfView,
  groups: readonly (readonly ProcessId[])[],
): readonly Step[] {
  return groups.flatMap((group) =>
    group.flatMap((from) =>
      groups
        .filter((other) => other !== group)
        .flat()
        .map((to): Step => ({ do: 'drop', match: { type, view, from, to }, count: lossesMax })),
    ),
  );
}
