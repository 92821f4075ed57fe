import { useId, useState, type ReactNode } from 'react';

import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands } from '#ui/lab-context.ts';
import { parseTypedOperation } from '#ui/words/operation-text.ts';

import styles from './control-panel.module.css';

const templates = [
  'put x 1',
  'get x',
  'add x 5',
  'append hello',
  'transfer a b 5',
  '{"put":["x","1"]}',
];

/** An operation for a client to send: plain words, or JSON. */
export function OperationForm(): ReactNode {
  const { clients } = useClusterShape();
  const commands = useCommands();
  const [chosen, setChosen] = useState(0);
  const [text, setText] = useState('put x 1');
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const client = chosen < clients ? chosen : 0;
  const send = (): void => {
    const typed = parseTypedOperation(text);
    setProblem(typed.ok ? '' : typed.problem);
    if (typed.ok) void commands.submit(typed.operation, client);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles['row']}>
        <select
          aria-label="Client"
          value={client}
          onChange={(event) => setChosen(Number(event.target.value))}
        >
          {Array.from({ length: clients }, (_, i) => (
            <option key={i} value={i}>
              c{i}
            </option>
          ))}
        </select>
        <OperationField
          text={text}
          problemId={problem === '' ? undefined : problemId}
          onText={(next) => {
            setText(next);
            setProblem('');
          }}
        />
        <button type="submit" data-primary data-testid="submit">
          Send
        </button>
      </div>
      <p className={styles['problem']} id={problemId} role="alert">
        {problem}
      </p>
    </form>
  );
}

interface OperationFieldProps {
  readonly text: string;
  readonly problemId: string | undefined;
  readonly onText: (text: string) => void;
}

function OperationField({ text, problemId, onText }: OperationFieldProps): ReactNode {
  const listId = useId();
  return (
    <>
      <input
        type="text"
        data-testid="operation"
        aria-label="Operation"
        aria-invalid={problemId !== undefined}
        aria-describedby={problemId}
        list={listId}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <datalist id={listId}>
        {templates.map((template) => (
          <option key={template} value={template}>
            {template}
          </option>
        ))}
      </datalist>
    </>
  );
}
