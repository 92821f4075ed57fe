import type { ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands, usePicture } from '#ui/lab-context.ts';
import { processesOf, processKey, shortName } from '#ui/picture/process-name.ts';

import { draftOf } from './literal-draft.ts';
import { LiteralSheet } from './literal-sheet.tsx';

interface SendSheetProps {
  readonly process: ProcessId;
  readonly onDone: () => void;
}

const obstacle =
  'Only a Byzantine replica sends what is written by hand. Choose one, or make this one Byzantine first.';

/** A message that a Byzantine replica sends as it is written here. */
export function SendSheet({ process, onDone }: SendSheetProps): ReactNode {
  const commands = useCommands();
  const { replicas } = useClusterShape();
  const picture = usePicture().processes.get(processKey(process));
  const isLiar = typeof process === 'number' && picture?.byzantine !== undefined;
  const view = picture?.view ?? 0;
  return (
    <LiteralSheet
      title={`${shortName(process)} sends`}
      act="Send"
      replica={typeof process === 'number' ? process : 0}
      draft={draftOf('prepare', { type: 'prepare', view })}
      to={processesOf(replicas, 0).filter((other) => other !== process)}
      obstacle={isLiar ? undefined : obstacle}
      onSend={(step) => void commands.do(step)}
      onDone={onDone}
    />
  );
}
