import type { ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import { useEventsNow, useLab, usePicture } from '#ui/lab-context.ts';
import { processKey } from '#ui/picture/process-name.ts';

import styles from './inspector.module.css';

interface WaitingSentenceProps {
  readonly process: ProcessId;
  readonly waiting: readonly { readonly sequence?: number; readonly text: string }[];
}

/** Why it does nothing at the moment, in one sentence. */
export function WaitingSentence({ process, waiting }: WaitingSentenceProps): ReactNode {
  const life = usePicture().processes.get(processKey(process))?.life;
  const problem = useProblem(process);
  if (life === 'failed' && problem !== undefined) {
    return (
      <p className={styles['waiting']}>
        It has stopped. {problem}
        <small>What it has committed is on its disk. Restart it when that is set right.</small>
      </p>
    );
  }
  if (life === 'crashed' || life === 'failed') {
    return (
      <p className={styles['waiting']}>
        It does not run: its worker was terminated.
        <small>Its disk is intact. Restart it, and it goes on where it was.</small>
      </p>
    );
  }
  const [first, ...others] = waiting;
  if (first === undefined) {
    return (
      <p className={styles['waiting']} data-idle="true">
        It waits for nothing but the next message.
      </p>
    );
  }
  return (
    <p className={styles['waiting']}>
      {sentenceOf(first.text)}
      {others.slice(0, 2).map(({ text }) => (
        <small key={text}>{sentenceOf(text)}</small>
      ))}
      {others.length > 2 ? <small>and {others.length - 2} more</small> : null}
    </p>
  );
}

/** What stopped it last, up to the playhead. */
function useProblem(process: ProcessId): string | undefined {
  const events = useEventsNow();
  const trace = useLab((state) => state.trace);
  const last = trace
    .slice(0, events)
    .findLast((event) => event.type === 'failed' && event.process === process);
  return last?.type === 'failed' ? last.problem : undefined;
}

/** The words of the inspection begin in lower case and have no full stop. */
function sentenceOf(words: string): string {
  const whole = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
