import { useMemo, type ReactNode } from 'react';

import type { TraceEvent } from '#core/network/trace-event.ts';
import type { Step } from '#core/simulation/scenario.ts';
import { draftLike, type Submitted } from '#ui/controls/literal-draft.ts';
import { LiteralSheet } from '#ui/controls/literal-sheet.tsx';
import { useCommands, useLab } from '#ui/lab-context.ts';
import type { Arrow } from '#ui/picture/chronicle.ts';
import { shortName } from '#ui/picture/process-name.ts';

interface ForgeSheetProps {
  readonly arrow: Arrow;
  /** The Byzantine replica that has sent it. */
  readonly sender: number;
  /** Whether it is taken out of the air for the other one. */
  readonly instead: boolean;
  readonly onDone: () => void;
}

/** A message like another one, its fields as they were, to be changed. */
export function ForgeSheet({ arrow, sender, instead, onDone }: ForgeSheetProps): ReactNode {
  const commands = useCommands();
  const trace = useLab((state) => state.trace);
  const draft = useMemo(
    () => draftLike(arrow.header, sender, { trace, submitted: trace.filter(isSubmitted) }),
    [arrow, sender, trace],
  );
  if (draft === undefined) return <p>A message of this kind is not written by hand.</p>;
  const send = async (step: Step): Promise<void> => {
    if (instead) await commands.message(arrow.message, 'drop');
    await commands.do(step);
  };
  return (
    <LiteralSheet
      title={`${shortName(sender)} says something else`}
      act={instead ? 'Send this instead' : 'Send this too'}
      replica={sender}
      draft={draft}
      to={[arrow.to]}
      onSend={(step) => void send(step)}
      onDone={onDone}
    />
  );
}

function isSubmitted(event: TraceEvent): event is Submitted {
  return event.type === 'submitted';
}
