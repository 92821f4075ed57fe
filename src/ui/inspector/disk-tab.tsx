import type { ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import type { DiskInspection } from '#lab/lab-state.ts';
import { useLab } from '#ui/lab-context.ts';
import { processKey } from '#ui/picture/process-name.ts';

import { Facts } from './facts.tsx';

import code from './code-tab.module.css';
import styles from './inspector.module.css';

interface DiskTabProps {
  readonly process: ProcessId;
}

/** The disk of a process: its records, and what the last commit wrote. */
export function DiskTab({ process }: DiskTabProps): ReactNode {
  const disk = useLab((state) => state.disks[processKey(process)]);
  if (disk === undefined) return <p className={styles['note']}>Its disk has not been read yet.</p>;
  return (
    <>
      <Facts
        facts={[
          ['storage', engineText(disk)],
          ['records', `${disk.records}, ${formatBytes(disk.bytes)}`],
          ['commits', String(disk.commits)],
          ['last commit', `+${formatBytes(disk.lastBytes)}`],
          ['snapshot', formatBytes(disk.snapshotBytes)],
        ]}
      />
      <h3>The last commit wrote</h3>
      <LastCommit objects={disk.lastCommit} />
    </>
  );
}

/** "OPFS, strict" */
function engineText({ engine, durability }: DiskInspection): string {
  return durability === undefined ? 'memory, lost with the page' : `${engine}, ${durability}`;
}

function LastCommit({ objects }: { readonly objects: DiskInspection['lastCommit'] }): ReactNode {
  if (objects.length === 0)
    return <p className={styles['note']}>no object: only the turn’s number</p>;
  return (
    <ul className={code['workflows']}>
      {objects.map(({ id, kind, type, fields }) => (
        <li key={id}>
          <details>
            <summary>
              <strong>{type === '' ? kind : type}</strong>
              <code>
                #{id} {Object.keys(fields).join(', ')}
              </code>
            </summary>
            <table className={styles['table']}>
              <tbody>
                {Object.entries(fields).map(([name, value]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>
                      <code>{value}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </li>
      ))}
    </ul>
  );
}

/** "104 B", "6.2 KB" */
function formatBytes(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`;
}
