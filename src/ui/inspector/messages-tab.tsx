import type { ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { useCommands, usePicture } from '#ui/lab-context.ts';
import { shortName } from '#ui/picture/process-name.ts';
import { messageName } from '#ui/words/sentence.ts';

import styles from './inspector.module.css';

interface MessagesTabProps {
  readonly process: ProcessId;
}

/** The messages on their way to and from a process. */
export function MessagesTab({ process }: MessagesTabProps): ReactNode {
  const picture = usePicture();
  const commands = useCommands();
  const flights = [...picture.flights.values()].filter(
    ({ from, to, state }) => state !== 'lost' && (from === process || to === process),
  );
  if (flights.length === 0) {
    return (
      <p className={styles['note']}>No message to or from {shortName(process)} is in the air.</p>
    );
  }
  return (
    <ul className={styles['list']}>
      {flights.map(({ message, header, from, to, state }) => (
        <li key={message}>
          <button data-quiet onClick={() => commands.select({ kind: 'message', message })}>
            {shortName(from)} → {shortName(to)}: {messageName(header)}
            {state === 'held' ? ' (held)' : ''}
          </button>
        </li>
      ))}
    </ul>
  );
}
