import { useState, type ReactNode } from 'react';

import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands, useLab, usePicture } from '#ui/lab-context.ts';
import { processesOf, processKey, shortName } from '#ui/picture/process-name.ts';
import { operationText } from '#ui/words/operation-text.ts';

import { NumberField } from './number-field.tsx';
import { ProcessChecks } from './process-checks.tsx';
import { SheetFrame } from './sheet-frame.tsx';

import styles from './control-panel.module.css';

const types = ['pre-prepare', 'prepare', 'commit'] as const;
type AgreementType = (typeof types)[number];
type Submitted = Extract<TraceEvent, { type: 'submitted' }>;

interface SendSheetProps {
  readonly process: ProcessId;
  readonly onDone: () => void;
}

/** A message that a Byzantine replica sends as it is written here, signed with its own key. */
export function SendSheet({ process, onDone }: SendSheetProps): ReactNode {
  const commands = useCommands();
  const { replicas } = useClusterShape();
  const picture = usePicture().processes.get(processKey(process));
  const trace = useLab((state) => state.trace);
  const submitted = trace.filter((event): event is Submitted => event.type === 'submitted');
  const [type, setType] = useState<AgreementType>('prepare');
  const [view, setView] = useState(picture?.view ?? 0);
  const [sequence, setSequence] = useState(1);
  const [operation, setOperation] = useState(-1);
  const others = processesOf(replicas, 0).filter((other) => other !== process);
  const [to, setTo] = useState<readonly ProcessId[]>(others);
  const isLiar = typeof process === 'number' && picture?.byzantine !== undefined;
  const send = (): void => {
    if (typeof process !== 'number') return;
    const chosen = submitted[operation];
    const content =
      chosen === undefined
        ? { digest: 'null' }
        : { operations: [{ client: clientOf(chosen), index: chosen.index }] };
    void commands.do({
      do: 'send',
      replica: process,
      to,
      message: { type, view, sequence, ...content },
    });
  };
  return (
    <SheetFrame
      title={`${shortName(process)} sends`}
      act="Send"
      disabled={!isLiar || to.length === 0}
      onAct={send}
      onDone={onDone}
    >
      {isLiar ? null : (
        <p>
          Only a Byzantine replica sends what is written by hand. Choose one, or make this one
          Byzantine first.
        </p>
      )}
      <div className={styles['fields']}>
        <TypeField type={type} onType={setType} />
        <NumberField words="view" min={0} value={view} onValue={setView} />
        <NumberField words="sequence" min={1} value={sequence} onValue={setSequence} />
      </div>
      <OperationChoice submitted={submitted} operation={operation} onOperation={setOperation} />
      <ProcessChecks legend="to" choices={others} chosen={to} onChoose={setTo} />
    </SheetFrame>
  );
}

interface TypeFieldProps {
  readonly type: AgreementType;
  readonly onType: (type: AgreementType) => void;
}

function TypeField({ type, onType }: TypeFieldProps): ReactNode {
  return (
    <label>
      message{' '}
      <select
        aria-label="message"
        value={type}
        onChange={({ target }) => {
          const chosen = types.find((other) => other === target.value);
          if (chosen !== undefined) onType(chosen);
        }}
      >
        {types.map((other) => (
          <option key={other} value={other}>
            {other.toUpperCase()}
          </option>
        ))}
      </select>
    </label>
  );
}

interface OperationChoiceProps {
  readonly submitted: readonly Submitted[];
  /** Which of them; -1 is none. */
  readonly operation: number;
  readonly onOperation: (operation: number) => void;
}

function OperationChoice({ submitted, operation, onOperation }: OperationChoiceProps): ReactNode {
  return (
    <label>
      for{' '}
      <select
        aria-label="for"
        value={operation}
        onChange={({ target }) => onOperation(Number(target.value))}
      >
        <option value={-1}>the null request</option>
        {submitted.map((event, i) => (
          <option key={event.id} value={i}>
            {`${String(event.process)}: ${operationText(event.operation)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function clientOf({ process }: Submitted): number {
  return Number(String(process).slice(1));
}
