import { useCallback, useEffect, useState, type ReactNode } from 'react';

import { ErrorBoundary } from '#ui/failure/error-boundary.tsx';
import { useCommands, useLab, type Lab } from '#ui/lab-context.ts';
import { LessonCard } from '#ui/lessons/lesson-card.tsx';
import { SpaceTime } from '#ui/space-time/space-time.tsx';
import { Stage } from '#ui/stage/stage.tsx';
import { TransportButtons } from '#ui/transport/transport-buttons.tsx';

import { goFullScreen } from './full-screen.ts';
import { LiveRegion } from './live-region.tsx';
import { Notes } from './notes.tsx';
import { Problems } from './problems.tsx';
import { timeAction } from './time-keys.ts';
import { usePageKeys } from './use-page-keys.ts';

import styles from './presenter.module.css';

/** The stage for a lecture hall: large type, what the scenario says below it, and the keys that a remote has. */
export function Presenter(): ReactNode {
  const { leave, goFull } = useFullScreen();
  const [isBlank, setBlank] = useState(false);
  const [hasDiagram, setDiagram] = useState(false);
  const commands = useCommands();
  const isLesson = useLab((state) => state.lesson !== undefined);
  usePresenterKeys({
    leave,
    blank: () => {
      commands.pause();
      setBlank(!isBlank);
    },
    diagram: () => setDiagram(!hasDiagram),
  });
  return (
    <div className={styles['presenter']} data-testid="presenter">
      <main data-diagram={hasDiagram}>
        <h1 className="visually-hidden">PBFT Lab</h1>
        <ErrorBoundary part="The stage">
          <Stage />
        </ErrorBoundary>
        {hasDiagram ? (
          <ErrorBoundary part="The diagram">
            <SpaceTime />
          </ErrorBoundary>
        ) : null}
      </main>
      {isLesson ? (
        <div className={styles['lesson']}>
          <LessonCard />
        </div>
      ) : (
        <Notes />
      )}
      <footer aria-label="Presentation">
        <TransportButtons />
        <div className={styles['space']} />
        <kbd>PageDown</kbd> on <kbd>PageUp</kbd> back <kbd>.</kbd> blank <kbd>V</kbd> diagram
        <button data-quiet onClick={goFull}>
          Full screen
        </button>
        <button data-quiet data-testid="leave" onClick={leave}>
          Leave (Esc)
        </button>
      </footer>
      <Problems />
      <LiveRegion />
      {isBlank ? (
        <button
          className={styles['blank']}
          data-testid="blank"
          aria-label="The screen is blank. Show it again"
          onClick={() => setBlank(false)}
        />
      ) : null}
    </div>
  );
}

interface PresenterActions {
  readonly leave: () => void;
  readonly blank: () => void;
  readonly diagram: () => void;
}

/** Remotes send PageDown, PageUp and a full stop. */
function usePresenterKeys(actions: PresenterActions): void {
  usePageKeys((key, lab) => actionOf(key, lab, actions));
}

function actionOf(key: string, lab: Lab, actions: PresenterActions): (() => void) | undefined {
  const { letterKeys } = lab.store.getState();
  switch (key) {
    case 'PageDown':
      return () => void lab.commands.nextBeat();
    case 'PageUp':
      return () => lab.commands.previousBeat();
    case 'Escape':
      return actions.leave;
    case '.':
    case 'b':
      return letterKeys ? actions.blank : undefined;
    case 'v':
      return letterKeys ? actions.diagram : undefined;
    default:
      return timeAction(key, lab);
  }
}

/** A browser that leaves full screen keeps the Escape for itself: the presentation ends with it. */
function useFullScreen(): { readonly leave: () => void; readonly goFull: () => void } {
  const commands = useCommands();
  const leave = useCallback(() => {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    commands.setMode('lab');
  }, [commands]);
  useEffect(() => {
    const onChange = (): void => {
      if (document.fullscreenElement === null) commands.setMode('lab');
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, [commands]);
  return { leave, goFull: () => void goFullScreen() };
}
