import type { ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';

import { addressOf } from '#lab/url-parameters.ts';
import { ErrorBoundary } from '#ui/failure/error-boundary.tsx';
import { useLab } from '#ui/lab-context.ts';
import { LessonCard } from '#ui/lessons/lesson-card.tsx';
import { Stage } from '#ui/stage/stage.tsx';
import { Clock } from '#ui/transport/clock.tsx';
import { Timeline } from '#ui/transport/timeline.tsx';
import { TransportButtons } from '#ui/transport/transport-buttons.tsx';

import { LiveRegion } from './live-region.tsx';
import { Problems } from './problems.tsx';

import styles from './embedded.module.css';

/** The stage inside another page: it plays, and leads to the lab. It takes neither keys nor the focus from the page around it. */
export function Embedded(): ReactNode {
  const shown = useLab(
    useShallow(({ scenarioName, scenarios, scenario }) => ({ scenarioName, scenarios, scenario })),
  );
  return (
    <div className={styles['embedded']} data-testid="embedded">
      <main>
        <h1 className="visually-hidden">PBFT Lab</h1>
        <ErrorBoundary part="The stage">
          <Stage />
        </ErrorBoundary>
      </main>
      <div className={styles['lesson']}>
        <LessonCard />
      </div>
      <footer aria-label="Time">
        <TransportButtons />
        <Timeline />
        <Clock />
        <a
          href={addressOf(location.href, { ...shown, mode: 'lab' })}
          target="_blank"
          rel="noreferrer"
          data-testid="open-in-lab"
        >
          Open in the lab
        </a>
      </footer>
      <Problems />
      <LiveRegion />
    </div>
  );
}
