import { useEffect, useState, type ReactNode } from 'react';

import { useEventsNow, useLab, useWholeLab } from '#ui/lab-context.ts';
import { eventsAt } from '#ui/picture/reel.ts';
import { spokenSummary } from '#ui/words/spoken-summary.ts';

/** How long events are gathered into one sentence. */
const gatherMs = 900;

/** How many events a sentence looks back on at most: after a leap only the last ones are of interest. */
const latest = 400;

/** Says what happens, one sentence a step; while the run plays, the most telling event of each moment. */
export function LiveRegion(): ReactNode {
  const { store } = useWholeLab();
  const playing = useLab((state) => state.playing);
  const events = useEventsNow();
  const [said, setSaid] = useState({ events: 0, text: '' });
  const waiting = events !== said.events;
  useEffect(() => {
    if (!waiting) return undefined;
    const say = (): void => {
      const { trace, nowMs } = store.getState();
      const now = eventsAt(trace, nowMs);
      setSaid((before) => ({
        events: now,
        text:
          spokenSummary(
            trace.slice(Math.max(now - latest, Math.min(before.events, now - 1)), now),
          ) ?? before.text,
      }));
    };
    const timer = setTimeout(say, playing ? gatherMs : 60);
    return () => clearTimeout(timer);
  }, [waiting, playing, store]);
  return (
    <output className="visually-hidden" data-testid="live-region" aria-live="polite">
      {said.text}
    </output>
  );
}
