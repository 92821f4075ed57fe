import { useState, type ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import type { DiskState } from '#lab/commands.ts';
import { useCommands } from '#ui/lab-context.ts';
import { shortName } from '#ui/picture/process-name.ts';

import { NumberField } from './number-field.tsx';
import { SheetFrame } from './sheet-frame.tsx';

import styles from './control-panel.module.css';

type Disk = 'kept' | 'wiped' | 'lose-last' | 'corrupt' | 'older';

const disks: readonly { readonly disk: Disk; readonly words: string }[] = [
  { disk: 'kept', words: 'as it was' },
  { disk: 'wiped', words: 'wiped: it has forgotten everything' },
  { disk: 'lose-last', words: 'without its last commits' },
  { disk: 'corrupt', words: 'with a damaged record' },
  { disk: 'older', words: 'an older copy' },
];

interface RestartSheetProps {
  readonly process: ProcessId;
  readonly onDone: () => void;
}

/** What a process finds on its disk when it starts again. Whoever lost a commit counts among the f faulty. */
export function RestartSheet({ process, onDone }: RestartSheetProps): ReactNode {
  const commands = useCommands();
  const [disk, setDisk] = useState<Disk>('kept');
  const [count, setCount] = useState(1);
  const [from, setFrom] = useState(0);
  return (
    <SheetFrame
      title={`Restart ${shortName(process)}`}
      act="Restart"
      onAct={() => void commands.restart(process, stateOf(disk, count, from))}
      onDone={onDone}
    >
      <fieldset className={styles['points']}>
        <legend>Its disk is</legend>
        {disks.map(({ disk: value, words }) => (
          <label key={value}>
            <input
              type="radio"
              name="disk"
              checked={disk === value}
              onChange={() => setDisk(value)}
            />
            {words}
          </label>
        ))}
      </fieldset>
      {disk === 'lose-last' ? (
        <NumberField words="how many commits" min={1} value={count} onValue={setCount} />
      ) : null}
      {disk === 'corrupt' ? (
        <NumberField words="which record, from the end" min={1} value={count} onValue={setCount} />
      ) : null}
      {disk === 'older' ? (
        <NumberField words="as it was at (ms)" min={0} value={from} onValue={setFrom} />
      ) : null}
      <p>
        {disk === 'kept'
          ? 'It goes on from its last commit, on the same lines.'
          : 'A replica whose disk lost a commit may contradict what it said. It counts as faulty, and learns from the others before it votes.'}
      </p>
    </SheetFrame>
  );
}

function stateOf(disk: Disk, count: number, from: number): DiskState {
  switch (disk) {
    case 'kept':
    case 'wiped':
      return { disk };
    case 'lose-last':
      return { disk, commits: count };
    case 'corrupt':
      return { disk, record: count };
    case 'older':
      return { disk, from };
  }
}
