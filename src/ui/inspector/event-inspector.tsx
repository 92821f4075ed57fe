import type { ReactNode } from 'react';

import { useCommands, useLab } from '#ui/lab-context.ts';
import { shortName } from '#ui/picture/process-name.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';
import { explanation } from '#ui/words/explanation.ts';
import { sentence } from '#ui/words/sentence.ts';

import { Facts } from './facts.tsx';

import styles from './inspector.module.css';

interface EventInspectorProps {
  readonly event: number;
}

/** An event: what happened, why, by which rule, and where the paper says so. */
export function EventInspector({ event: id }: EventInspectorProps): ReactNode {
  const event = useLab((state) => state.trace[id]);
  const commands = useCommands();
  if (event === undefined)
    return <p className={styles['note']}>This event is not part of the run.</p>;
  const { why, rule, section } = explanation(event);
  const { process } = event;
  return (
    <>
      <div className={styles['head']}>
        <h2>{event.type.replaceAll('-', ' ')}</h2>
        <p>event {id}</p>
      </div>
      <p className={styles['waiting']}>{sentence(event)}</p>
      <div className={styles['panel']}>
        <Facts
          facts={[
            ['when', formatTime(event.atMs)],
            ['why', why],
            ...(rule === '' ? [] : [['rule', rule] as const]),
            ...(section === '' ? [] : [['paper', section] as const]),
          ]}
        />
        <div className={styles['buttons']}>
          <button onClick={() => commands.seek(event.atMs)}>Go there</button>
          {process === undefined ? null : (
            <button onClick={() => commands.select({ kind: 'process', process })}>
              Inspect {shortName(process)}
            </button>
          )}
          {'message' in event ? (
            <button onClick={() => commands.select({ kind: 'message', message: event.message })}>
              Inspect the message
            </button>
          ) : null}
        </div>
      </div>
    </>
  );
}
