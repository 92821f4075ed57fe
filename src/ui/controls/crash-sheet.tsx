import { useState, type ReactNode } from 'react';

import type { CrashPoint } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { useCommands } from '#ui/lab-context.ts';
import { shortName } from '#ui/picture/process-name.ts';

import { SheetFrame } from './sheet-frame.tsx';

import styles from './control-panel.module.css';

const points: readonly { readonly point: CrashPoint; readonly words: string }[] = [
  { point: 'now', words: 'now' },
  { point: 'before-commit', words: 'in its next turn, before it is written' },
  { point: 'after-commit', words: 'in its next turn, written but not yet sent' },
  { point: 'after-send', words: 'in its next turn, right after sending' },
];

interface CrashSheetProps {
  readonly process: ProcessId;
  readonly onDone: () => void;
}

/** Where to terminate a process: the points that a disk can tell apart. */
export function CrashSheet({ process, onDone }: CrashSheetProps): ReactNode {
  const commands = useCommands();
  const [point, setPoint] = useState<CrashPoint>('before-commit');
  return (
    <SheetFrame
      title={`Crash ${shortName(process)}`}
      act="Crash"
      onAct={() => void commands.crash(process, point)}
      onDone={onDone}
    >
      <fieldset className={styles['points']}>
        <legend className="visually-hidden">When</legend>
        {points.map(({ point: value, words }) => (
          <label key={value}>
            <input
              type="radio"
              name="point"
              checked={point === value}
              onChange={() => setPoint(value)}
            />
            {words}
          </label>
        ))}
      </fieldset>
    </SheetFrame>
  );
}
