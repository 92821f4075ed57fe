import type { ReactNode } from 'react';

import { useCommands, useLab } from '#ui/lab-context.ts';

import { Dialog } from './dialog.tsx';
import { shortcutList } from './shortcut-list.ts';

import styles from './help-dialog.module.css';

interface HelpDialogProps {
  readonly onClose: () => void;
}

/** What this is, and every key. */
export function HelpDialog({ onClose }: HelpDialogProps): ReactNode {
  const letterKeys = useLab((state) => state.letterKeys);
  const commands = useCommands();
  return (
    <Dialog title="PBFT Lab" testId="help-dialog" onClose={onClose}>
      <p>
        A real cluster runs in this page: every replica is a worker with its own keys and its own
        disk. It moves only because a message, a timer or a restart moved it. Nothing is scripted.
      </p>
      <p>
        A crown marks the primary, a mask and a dashed rim a Byzantine replica. Segments on a
        replica’s rim are the votes it has counted: PREPAREs on the left, COMMITs on the right. The
        disk beside it outlives its crashes.
      </p>
      <dl className={styles['keys']}>
        {shortcutList.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href="?corner=ping-pong">Persistent programs</a>: small programs to kill at any await.
      </p>
      <label className={styles['choice']}>
        <input
          type="checkbox"
          checked={letterKeys}
          onChange={(event) => commands.setLetterKeys(event.target.checked)}
        />
        Single keys (letters, digits, ?) are shortcuts
      </label>
      <button data-primary onClick={onClose}>
        Close
      </button>
    </Dialog>
  );
}
