import type { ReactNode } from 'react';

import type { TraceEvent } from '#core/network/trace-event.ts';
import { useCalmEventsNow, useLab } from '#ui/lab-context.ts';
import { explanation } from '#ui/words/explanation.ts';
import { sentence } from '#ui/words/sentence.ts';

import styles from './presenter.module.css';

type Said = Extract<TraceEvent, { type: 'said' }>;

/** What the scenario says at the playhead; where it says nothing, what happened last and why. */
export function Notes(): ReactNode {
  const trace = useLab((state) => state.trace);
  const beats = useLab(
    (state) => state.scenario?.steps.filter((step) => step.do === 'say').length ?? 0,
  );
  const events = useCalmEventsNow();
  const said = trace.slice(0, events).filter((event): event is Said => event.type === 'said');
  const beat = said.at(-1);
  const last = trace[events - 1];
  return (
    <section className={styles['notes']} aria-label="Notes" data-testid="notes">
      {beat !== undefined ? (
        <>
          <h2>
            {beat.title} <small>{`${said.length} / ${Math.max(beats, said.length)}`}</small>
          </h2>
          <p>{beat.text}</p>
          {beat.question === undefined ? null : (
            <p className={styles['question']}>{beat.question}</p>
          )}
        </>
      ) : last === undefined ? (
        <p>Nothing has happened yet. Press PageDown.</p>
      ) : (
        <>
          <h2>{sentence(last)}</h2>
          <p>{explanation(last).why}</p>
        </>
      )}
    </section>
  );
}
