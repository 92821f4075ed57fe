import { useEffect, useState, type ReactNode } from 'react';

import type { ReplicaInspection } from '#core/replica/inspection.ts';

import { linesAround, loadSource } from './source-text.ts';

import code from './code-tab.module.css';
import styles from './inspector.module.css';

type Workflow = ReplicaInspection['workflows'][number];

interface CodeTabProps {
  readonly workflows: readonly Workflow[];
}

/** The functions that are suspended at an await: where, and with which variables. They are on the disk. */
export function CodeTab({ workflows }: CodeTabProps): ReactNode {
  if (workflows.length === 0) {
    return <p className={styles['note']}>No function is suspended.</p>;
  }
  return (
    <ul className={code['workflows']}>
      {protocolFirst(workflows).map((workflow, i) => (
        <li key={workflow.id}>
          <details open={i === 0} name="workflows">
            <summary>
              <strong>{nameOf(workflow)}</strong>
              <code>await {workflow.await.replace(/^await /, '')}</code>
            </summary>
            <Source workflow={workflow} />
            <Locals workflow={workflow} />
          </details>
        </li>
      ))}
    </ul>
  );
}

/** Those that work on a slot come before those in the background. */
function protocolFirst(workflows: readonly Workflow[]): readonly Workflow[] {
  const isBackground = ({ locals }: Workflow): number =>
    'slot' in locals || 'sequence' in locals ? 0 : 1;
  return [...workflows].sort((a, b) => isBackground(a) - isBackground(b));
}

function nameOf({ function: name, locals }: Workflow): string {
  const short = name.slice(name.lastIndexOf('#') + 1);
  const { sequence } = locals;
  return typeof sequence === 'number' ? `${short}, sequence ${sequence}` : short;
}

function Source({ workflow }: { readonly workflow: Workflow }): ReactNode {
  const { file, line } = workflow;
  const [text, setText] = useState<string | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    const load = async (): Promise<void> => {
      const loaded = await loadSource(file);
      if (wanted) setText(loaded);
    };
    void load();
    return () => {
      wanted = false;
    };
  }, [file]);
  return (
    <figure className={code['source']}>
      <figcaption>
        {file.slice(file.lastIndexOf('/') + 1)}, line {line}
      </figcaption>
      {text === undefined ? null : (
        <pre {...scrollable}>
          {linesAround(text, line).map(({ number, content }) => (
            <span key={number} data-here={number === line}>
              <i>{number === line ? '●' : number}</i>
              {content}
              {'\n'}
            </span>
          ))}
        </pre>
      )}
    </figure>
  );
}

function Locals({ workflow }: { readonly workflow: Workflow }): ReactNode {
  const entries = Object.entries(workflow.locals);
  if (entries.length === 0) return null;
  return (
    <table className={styles['table']}>
      <tbody>
        {entries.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <code>{printed(value)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What scrolls can be reached by the keyboard. */
const scrollable = { tabIndex: 0 } as const;

const printedMax = 160;

function printed(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > printedMax ? `${text.slice(0, printedMax)}…` : text;
}
