import { useState, type ReactNode } from 'react';

import { beatsAt } from '#lab/beats.ts';
import { beatsInRun } from '#lab/lessons/lesson-run.ts';
import type { LessonState } from '#lab/lessons/lesson-state.ts';
import { useCalmEventsNow, useCommands, useLab, useWholeLab } from '#ui/lab-context.ts';

import { BeatWords } from './beat-words.tsx';
import { ChallengePart } from './challenge-part.tsx';
import { useBeatKeys } from './use-beat-keys.ts';

import styles from './lesson-card.module.css';

/** What a lesson, or a scenario by itself, says where the playhead stands. It covers nothing but the diagram. */
export function LessonCard(): ReactNode {
  useCalmEventsNow();
  const { store } = useWholeLab();
  const lesson = useLab((state) => state.lesson);
  const playing = useLab((state) => state.playing);
  const nowMs = useLab((state) => (state.playing ? -1 : state.nowMs));
  const trace = useLab((state) => state.trace);
  const [hiddenAt, setHiddenAt] = useState<number | undefined>(undefined);
  const said = playing ? [] : beatsAt(trace, nowMs);
  const isSaid = said.length > 0 && hiddenAt !== nowMs;
  const commands = useCommands();
  const waits = isSaid && asksIn(lesson, said[0]?.title);
  useBeatKeys(isSaid, {
    onward: () => {
      if (!waits) commands.play();
    },
    hide: () => setHiddenAt(nowMs),
  });
  if (lesson?.part === 'challenge') return <ChallengePart state={lesson} />;
  if (lesson !== undefined && !isSaid) {
    const passed = beatsInRun(lesson.lesson, trace, store.getState().nowMs).length;
    return <LessonBar state={lesson} passed={passed} />;
  }
  if (!isSaid) return null;
  return (
    <section className={styles['card']} data-testid="beat" aria-label="Beat of the lesson">
      {lesson === undefined ? (
        said.map(({ id, title, text, question }) => (
          <div key={id}>
            <h2>{title}</h2>
            <p>{text}</p>
            {question === undefined ? null : <p className={styles['question']}>{question}</p>}
          </div>
        ))
      ) : (
        <BeatWords state={lesson} trace={trace} nowMs={nowMs} />
      )}
      <BeatEnds
        lesson={lesson}
        waits={waits}
        isLast={lesson?.lesson.beats.at(-1)?.title === said[0]?.title}
        onHide={() => setHiddenAt(nowMs)}
      />
    </section>
  );
}

/** Whether the beat of this title asks something that nobody has answered yet. */
function asksIn(lesson: LessonState | undefined, title = ''): boolean {
  const beat = lesson?.lesson.beats.find((candidate) => candidate.title === title);
  return beat?.prediction !== undefined && lesson?.predictions[title] === undefined;
}

interface BeatEndsProps {
  readonly lesson: LessonState | undefined;
  readonly waits: boolean;
  readonly isLast: boolean;
  readonly onHide: () => void;
}

function BeatEnds({ lesson, waits, isLast, onHide }: BeatEndsProps): ReactNode {
  const commands = useCommands();
  const hasChallenge = isLast && lesson?.lesson.challenge !== undefined;
  return (
    <div className={styles['ends']}>
      <button data-quiet data-testid="previous-beat" onClick={() => commands.previousBeat()}>
        ‹ Beat before
      </button>
      <button data-quiet onClick={onHide} title="Hide these words (Escape)">
        Hide
      </button>
      {lesson === undefined ? null : (
        <button data-quiet data-testid="close-lesson" onClick={() => commands.closeLesson()}>
          Leave the lesson
        </button>
      )}
      <span className={styles['space']} />
      {waits ? (
        <button data-quiet data-testid="skip-question" onClick={() => commands.play()}>
          Skip the question
        </button>
      ) : null}
      {hasChallenge ? (
        <button
          data-primary
          data-testid="open-challenge"
          onClick={() => void commands.openChallenge()}
        >
          To the challenge
        </button>
      ) : (
        <button
          data-primary
          data-testid="next-beat"
          disabled={waits}
          title="Go on (Enter or →)"
          onClick={() => commands.play()}
        >
          {lesson !== undefined && isLast ? 'Run to the end' : 'Go on'}
        </button>
      )}
    </div>
  );
}

interface LessonBarProps {
  readonly state: LessonState;
  readonly passed: number;
}

/** While the run moves: which lesson this is, and the way on. */
function LessonBar({ state, passed }: LessonBarProps): ReactNode {
  const commands = useCommands();
  const { title, beats } = state.lesson;
  return (
    <section className={styles['bar']} data-testid="lesson-bar" aria-label={`Lesson: ${title}`}>
      <strong>{title}</strong>
      <span>
        after beat {passed} of {beats.length}
      </span>
      <span className={styles['space']} />
      <button data-quiet onClick={() => commands.previousBeat()}>
        ‹ Beat
      </button>
      <button data-quiet onClick={() => void commands.nextBeat()}>
        Beat ›
      </button>
      <button data-quiet onClick={() => commands.closeLesson()}>
        Leave
      </button>
    </section>
  );
}
