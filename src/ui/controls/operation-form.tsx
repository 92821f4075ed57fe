import { useId, useState, type ReactNode } from 'react';

import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands } from '#ui/lab-context.ts';
import { parseTypedOperation } from '#ui/words/operation-text.ts';

import styles from './control-panel.module.css';

const templates: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'put', text: 'put x 1' },
  { name: 'get', text: 'get x' },
  { name: 'add', text: 'add x 5' },
  { name: 'append', text: 'append hello' },
  { name: 'transfer', text: 'transfer a b 5' },
  { name: 'JSON', text: '{"put":["x","1"]}' },
];

/** An operation for a client to send: plain words, or JSON. */
export function OperationForm(): ReactNode {
  const { clients } = useClusterShape();
  const { submit } = useCommands();
  const [client, setClient] = useState(0);
  const [text, setText] = useState('put x 1');
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const send = (): void => {
    const typed = parseTypedOperation(text);
    setProblem(typed.ok ? '' : typed.problem);
    if (typed.ok) void submit(typed.operation, client < clients ? client : 0);
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
          value={client < clients ? client : 0}
          onChange={(event) => setClient(Number(event.target.value))}
        >
          {Array.from({ length: clients }, (_, i) => (
            <option key={i} value={i}>
              c{i}
            </option>
          ))}
        </select>
        <input
          type="text"
          data-testid="operation"
          aria-label="Operation"
          aria-invalid={problem !== ''}
          aria-describedby={problemId}
          list={`${problemId}-templates`}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setProblem('');
          }}
        />
        <datalist id={`${problemId}-templates`}>
          {templates.map(({ name, text: template }) => (
            <option key={name} value={template} label={name} />
          ))}
        </datalist>
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
