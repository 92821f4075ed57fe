import { useEffect, useRef, type ReactNode } from 'react';

import type { TraceEvent } from '#core/network/trace-event.ts';
import { useCalmEventsNow, useCommands, useLab } from '#ui/lab-context.ts';
import { refusalOf } from '#ui/picture/refusal.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';
import { explanation } from '#ui/words/explanation.ts';
import { sentence } from '#ui/words/sentence.ts';

import styles from './feed.module.css';

const rows = 24;

/** What happened, one sentence per event, newest last; the selected event with its reason and rule. */
export function Feed(): ReactNode {
  const trace = useLab((state) => state.trace);
  const events = useCalmEventsNow();
  const selected = useLab((state) =>
    state.selection?.kind === 'event' ? state.selection.event : undefined,
  );
  const list = useRef<HTMLOListElement>(null);
  const end = selected === undefined ? events : Math.max(events, selected + 1);
  const shown = trace.slice(Math.max(0, end - rows), end);
  const expanded = selected ?? shown.at(-1)?.id;
  useEffect(() => {
    const item = list.current?.querySelector(`[data-event="${expanded}"]`);
    const box = list.current;
    if (item instanceof HTMLElement && box !== null) {
      box.scrollTop = item.offsetTop + item.offsetHeight - box.clientHeight;
    }
  }, [expanded]);
  return (
    <section className={styles['feed']} aria-label="What happened" data-testid="feed">
      <ol ref={list}>
        {shown.length === 0 ? (
          <li className={styles['empty']}>Nothing has happened yet. Press Space.</li>
        ) : null}
        {shown.map((event) => (
          <FeedItem key={event.id} event={event} expanded={event.id === expanded} />
        ))}
      </ol>
    </section>
  );
}

interface FeedItemProps {
  readonly event: TraceEvent;
  readonly expanded: boolean;
}

function FeedItem({ event, expanded }: FeedItemProps): ReactNode {
  const commands = useCommands();
  const { why, rule, section } = explanation(event);
  return (
    <li
      data-event={event.id}
      data-expanded={expanded}
      data-lost={event.lost === true}
      data-refusal={event.type === 'rejected' ? refusalOf(event.reason) : undefined}
    >
      <button
        data-quiet
        aria-expanded={expanded}
        onClick={() => commands.select({ kind: 'event', event: event.id })}
      >
        <time>{formatTime(event.atMs)}</time>
        <span>{sentence(event)}</span>
      </button>
      {expanded ? (
        <p>
          {why} {rule === '' ? null : <em>{rule}</em>}{' '}
          {section === '' ? null : <span className={styles['section']}>{section}</span>}
        </p>
      ) : null}
    </li>
  );
}
