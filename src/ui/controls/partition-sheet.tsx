import { useState, type ReactNode } from 'react';

import { clientOf, identityOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands } from '#ui/lab-context.ts';
import { shortName } from '#ui/picture/process-name.ts';
import { useProcesses } from '#ui/use-processes.ts';

import { ProcessChecks } from './process-checks.tsx';
import { SheetFrame } from './sheet-frame.tsx';

interface PartitionSheetProps {
  readonly onDone: () => void;
}

/** Divides the network in two: those that are checked, and the rest. */
export function PartitionSheet({ onDone }: PartitionSheetProps): ReactNode {
  const commands = useCommands();
  const { quorums } = useClusterShape();
  const all = useProcesses();
  const [group, setGroup] = useState<readonly ProcessId[]>([]);
  const rest = all.filter((process) => !group.includes(process));
  return (
    <SheetFrame
      title="Divide the network"
      act="Divide"
      disabled={group.length === 0 || rest.length === 0}
      onAct={() => void commands.partition([group, rest])}
      onDone={onDone}
    >
      <ProcessChecks legend="On one side" choices={all} chosen={group} onChoose={setGroup} />
      <p>
        {group.length === 0 || rest.length === 0
          ? 'Choose who is cut off from the others; or draw it on the stage: a line between them, a ring around some.'
          : `On the other: ${rest.map(shortName).join(', ')}. ${quorumWords([group, rest], quorums.quorum)}`}
      </p>
    </SheetFrame>
  );
}

function quorumWords(groups: readonly (readonly ProcessId[])[], quorum: number): string {
  // Two instances of a replica speak with one voice.
  const voices = groups.map(
    (group) => new Set(group.filter((process) => clientOf(process) === undefined).map(identityOf)),
  );
  const able = voices.some(({ size }) => size >= quorum);
  return able
    ? `One side has a quorum of ${quorum} and can go on.`
    : `Neither side has a quorum of ${quorum}: nothing can be decided.`;
}
