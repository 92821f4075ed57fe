import { useState, type ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { parseStep } from '#core/simulation/parse-scenario.ts';
import type { Step } from '#core/simulation/scenario.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useLab } from '#ui/lab-context.ts';
import { processesOf, shortName } from '#ui/picture/process-name.ts';
import { useProcesses } from '#ui/use-processes.ts';
import { operationText } from '#ui/words/operation-text.ts';

import {
  draftIn,
  draftOf,
  draftTypes,
  inTheNameOf,
  nameOf,
  numbersOf,
  textOf,
  type Draft,
  type Submitted,
} from './literal-draft.ts';
import { NumberField } from './number-field.tsx';
import { ProcessChecks } from './process-checks.tsx';
import { SheetFrame } from './sheet-frame.tsx';

import styles from './control-panel.module.css';

interface LiteralSheetProps {
  readonly title: string;
  readonly act: string;
  /** The Byzantine replica that sends. */
  readonly replica: number;
  readonly draft: Draft;
  readonly to: readonly ProcessId[];
  /** Why it cannot send, if it cannot. */
  readonly obstacle?: string | undefined;
  readonly onSend: (step: Step) => void;
  readonly onDone: () => void;
}

/**
 * A message as it is written, and signed with the key of its replica. What is written is the text; the fields above it change
 * the text.
 */
export function LiteralSheet(props: LiteralSheetProps): ReactNode {
  const { title, act, replica, obstacle, onSend, onDone } = props;
  const { replicas, clients } = useClusterShape();
  const [text, setText] = useState(textOf(props.draft));
  const [to, setTo] = useState(props.to);
  const others = useProcesses().filter((process) => process !== replica);
  const draft = draftIn(text);
  const step = { do: 'send', replica, to, message: draft };
  const parsed = draft === undefined ? undefined : parseStep(step, { replicas, clients });
  const problem = parsed === undefined ? 'This is no JSON of a message.' : problemOf(parsed);
  return (
    <SheetFrame
      title={title}
      act={act}
      disabled={obstacle !== undefined || problem !== undefined || to.length === 0}
      onAct={() => {
        if (parsed?.ok === true) onSend(parsed.step);
      }}
      onDone={onDone}
    >
      {obstacle === undefined ? null : <p>{obstacle}</p>}
      {draft === undefined ? null : (
        <DraftFields replica={replica} draft={draft} onDraft={(next) => setText(textOf(next))} />
      )}
      <ProcessChecks legend="to" choices={others} chosen={to} onChoose={setTo} />
      <details className={styles['literal']}>
        <summary>As it is written</summary>
        <textarea
          aria-label="As it is written"
          rows={8}
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </details>
      {problem === undefined ? null : (
        <p role="alert" className={styles['problem']}>
          {problem}
        </p>
      )}
    </SheetFrame>
  );
}

function problemOf(parsed: ReturnType<typeof parseStep>): string | undefined {
  return parsed.ok ? undefined : parsed.problem;
}

interface DraftFieldsProps {
  readonly replica: number;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
}

function DraftFields({ replica, draft, onDraft }: DraftFieldsProps): ReactNode {
  const isAgreement = ['pre-prepare', 'prepare', 'commit'].includes(draft.type);
  return (
    <>
      <div className={styles['fields']}>
        <TypeField draft={draft} onDraft={onDraft} />
        {numbersOf(draft).map(([field, value]) => (
          <NumberField
            key={field}
            words={field}
            min={0}
            value={value}
            onValue={(next) => onDraft({ ...draft, [field]: Math.floor(next) })}
          />
        ))}
      </div>
      {isAgreement ? <OperationChoice draft={draft} onDraft={onDraft} /> : null}
      <NameField replica={replica} draft={draft} onDraft={onDraft} />
    </>
  );
}

function TypeField({ draft, onDraft }: Omit<DraftFieldsProps, 'replica'>): ReactNode {
  return (
    <label>
      message{' '}
      <select
        aria-label="message"
        value={draft.type}
        onChange={({ target }) => {
          const type = draftTypes.find((other) => other === target.value);
          if (type !== undefined) onDraft(draftOf(type, draft));
        }}
      >
        {draftTypes.map((type) => (
          <option key={type} value={type}>
            {type.toUpperCase()}
          </option>
        ))}
      </select>
    </label>
  );
}

const noRequest = 'null';
const asItWas = 'as it was';

/** What a vote or a proposal is for. */
function OperationChoice({ draft, onDraft }: Omit<DraftFieldsProps, 'replica'>): ReactNode {
  const trace = useLab((state) => state.trace);
  const submitted = trace.filter((event): event is Submitted => event.type === 'submitted');
  const { digest: _, operations, ...rest } = draft;
  const named = JSON.stringify(operations);
  const chosen = submitted.findIndex((event) => JSON.stringify([nameOf(event)]) === named);
  const isNull = operations === undefined && draft['digest'] === 'null';
  const value = chosen >= 0 ? String(chosen) : isNull ? noRequest : asItWas;
  const choose = (next: string): void => {
    const event = submitted[Number(next)];
    if (next === noRequest) onDraft({ ...rest, type: draft.type, digest: 'null' });
    else if (event !== undefined) {
      onDraft({ ...rest, type: draft.type, operations: [nameOf(event)] });
    }
  };
  return (
    <label>
      for{' '}
      <select aria-label="for" value={value} onChange={({ target }) => choose(target.value)}>
        <option value={noRequest}>the null request</option>
        {submitted.map((event, i) => (
          <option key={event.id} value={i}>
            {`${String(event.process)}: ${operationText(event.operation)}`}
          </option>
        ))}
        {value === asItWas ? <option value={asItWas}>what is written below</option> : null}
      </select>
    </label>
  );
}

/** Whose name is under it: with another one the signature is made up, and does not verify. */
function NameField({ replica, draft, onDraft }: DraftFieldsProps): ReactNode {
  const { replicas } = useClusterShape();
  const signer = draft['signer'];
  const isOfClient = typeof signer === 'string';
  return (
    <label>
      in the name of{' '}
      <select
        aria-label="in the name of"
        value={isOfClient ? signer : Number(signer ?? replica)}
        onChange={({ target }) => {
          const name = Number(target.value);
          if (Number.isInteger(name))
            onDraft(inTheNameOf(draft, name === replica ? undefined : name));
        }}
      >
        {processesOf(replicas, 0).map((name) => (
          <option key={name} value={name}>
            {name === replica ? `${shortName(name)}, with its key` : `${shortName(name)}, forged`}
          </option>
        ))}
        {isOfClient ? <option value={signer}>{signer}, forged</option> : null}
      </select>
    </label>
  );
}
