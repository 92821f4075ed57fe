import type { ReactNode } from 'react';

import { useCommands, useLab } from '#ui/lab-context.ts';
import { processKey, shortName } from '#ui/picture/process-name.ts';
import type { Lanes } from '#ui/picture/space-time.ts';

import styles from './space-time.module.css';

/** The names of the lanes; a click selects the process. */
export function LaneLabels({ lanes }: { readonly lanes: Lanes }): ReactNode {
  const selection = useLab((state) => state.selection);
  const commands = useCommands();
  return (
    <div className={styles['labels']}>
      {lanes.processes.map((process) => (
        <button
          key={processKey(process)}
          data-quiet
          data-picture-text
          tabIndex={-1}
          style={{ top: lanes.y(process) - 8 }}
          aria-pressed={selection?.kind === 'process' && selection.process === process}
          onClick={() => commands.select({ kind: 'process', process })}
        >
          {shortName(process)}
        </button>
      ))}
    </div>
  );
}
