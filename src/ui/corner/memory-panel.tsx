import type { ReactNode } from 'react';

import type { WorkflowView } from '#core/persistent/index.ts';

import { useSelectedWorkflow } from './code-panes.tsx';
import { useCorner, useCornerCommands } from './corner-context.ts';
import { shortName } from './corner-words.ts';

import styles from './memory-panel.module.css';

/** What the worker has in its memory: the workflows, where they wait, and with which locals. */
export function MemoryPanel(): ReactNode {
  const process = useCorner((state) => state.process);
  const look = useCorner((state) => state.look);
  const failures = useCorner((state) => state.failures);
  return (
    <section
      className={styles['memory']}
      data-process={process}
      aria-label="Memory of the worker"
      data-testid="corner-memory"
    >
      <h2>
        Memory <span>{states[process]}</span>
      </h2>
      {process === 'dead' ? <p>Gone. Nothing is left of the worker but what it wrote.</p> : null}
      {look !== undefined && look.workflows.length === 0 ? (
        <p>No function is suspended: the program is at its end.</p>
      ) : null}
      <ul>
        {look?.workflows.map((workflow) => (
          <Workflow key={workflow.id} workflow={workflow} />
        ))}
      </ul>
      {failures.map(({ message, stack }, i) => (
        <div key={i} role="alert" className={styles['failure']} data-testid="corner-failure">
          <p>{message}</p>
          <details>
            <summary>Stack, as the browser gives it</summary>
            <pre {...scrollable}>{stack}</pre>
          </details>
        </div>
      ))}
    </section>
  );
}

const states = { starting: 'a worker comes to life', alive: 'worker alive', dead: 'worker dead' };

/** What scrolls can be reached by the keyboard. */
const scrollable = { tabIndex: 0 } as const;

function Workflow({ workflow }: { readonly workflow: WorkflowView }): ReactNode {
  const { select } = useCornerCommands();
  const isSelected = useSelectedWorkflow()?.id === workflow.id;
  const locals = Object.entries(workflow.locals);
  return (
    <li data-testid="corner-workflow" data-line={workflow.line}>
      <button data-quiet aria-pressed={isSelected} onClick={() => select(workflow.id)}>
        <strong>{shortName(workflow.function)}</strong>
        <small>line {workflow.line}</small>
        <code>{workflow.await}</code>
      </button>
      {locals.length === 0 ? null : (
        <dl>
          {locals.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <code>{printed(value)}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

const printedMax = 90;

function printed(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > printedMax ? `${text.slice(0, printedMax)}…` : text;
}
