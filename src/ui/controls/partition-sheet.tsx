import { useState, type ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands } from '#ui/lab-context.ts';
import { processesOf, shortName } from '#ui/picture/process-name.ts';

import { ProcessChecks } from './process-checks.tsx';
import { SheetFrame } from './sheet-frame.tsx';

interface PartitionSheetProps {
  readonly onDone: () => void;
}

/** Divides the network in two: those that are checked, and the rest. */
export function PartitionSheet({ onDone }: PartitionSheetProps): ReactNode {
  const commands = useCommands();
  const { replicas, clients, quorums } = useClusterShape();
  const all = processesOf(replicas, clients);
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
          ? 'Choose who is cut off from the others.'
          : `On the other: ${rest.map(shortName).join(', ')}. ${quorumWords([group, rest], quorums.quorum)}`}
      </p>
    </SheetFrame>
  );
}

function quorumWords(groups: readonly (readonly ProcessId[])[], quorum: number): string {
  const able = groups.some(
    (group) => group.filter((process) => typeof process === 'number').length >= quorum,
  );
  return able
    ? `One side has a quorum of ${quorum} and can go on.`
    : `Neither side has a quorum of ${quorum}: nothing can be decided.`;
}
