import { CircleCheck, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';

import type { TraceEvent } from '#core/network/trace-event.ts';
import { beatsInRun, type BeatInRun } from '#lab/lessons/lesson-run.ts';
import type { LessonState } from '#lab/lessons/lesson-state.ts';
import type { Prediction } from '#lab/lessons/lesson.ts';
import { useCommands } from '#ui/lab-context.ts';

import styles from './lesson-card.module.css';

interface BeatWordsProps {
  readonly state: LessonState;
  readonly trace: readonly TraceEvent[];
  readonly nowMs: number;
}

/** The beat of a lesson: what came of the question before, the idea, and what it asks. */
export function BeatWords({ state, trace, nowMs }: BeatWordsProps): ReactNode {
  const passed = beatsInRun(state.lesson, trace, nowMs);
  const here = passed.at(-1);
  const before = passed.at(-2);
  if (here === undefined) return null;
  const { beat, place } = here;
  return (
    <>
      <p className={styles['where']}>
        {state.lesson.title} · {place} of {state.lesson.beats.length}
      </p>
      {before === undefined ? null : <Outcome before={before} predictions={state.predictions} />}
      <h2>{beat.title}</h2>
      <p>{beat.text}</p>
      {beat.prediction === undefined ? null : (
        <Question
          title={beat.title}
          prediction={beat.prediction}
          chosen={state.predictions[beat.title]}
        />
      )}
    </>
  );
}

interface OutcomeProps {
  readonly before: BeatInRun;
  readonly predictions: LessonState['predictions'];
}

function Outcome({ before, predictions }: OutcomeProps): ReactNode {
  const { beat, outcome } = before;
  if (outcome === undefined) return null;
  const { prediction, right } = outcome;
  const chosen = predictions[beat.title];
  const isRight = chosen !== undefined && chosen === right?.text;
  const verdict = isRight ? 'Right' : chosen === undefined ? 'What happened' : 'Not so';
  return (
    <p className={styles['outcome']} data-testid="outcome" data-right={isRight}>
      {isRight ? <CircleCheck size={20} aria-hidden /> : <CircleX size={20} aria-hidden />}
      <span>
        <strong>
          {verdict}: {right?.text}.
        </strong>{' '}
        {prediction.because}
      </span>
    </p>
  );
}

interface QuestionProps {
  readonly title: string;
  readonly prediction: Prediction;
  readonly chosen: string | undefined;
}

function Question({ title, prediction, chosen }: QuestionProps): ReactNode {
  const commands = useCommands();
  return (
    <fieldset className={styles['options']}>
      <legend>{prediction.question}</legend>
      {prediction.options.map(({ text }, i) => (
        <button
          key={text}
          data-testid={`option-${i}`}
          aria-pressed={chosen === text}
          onClick={() => commands.predict(title, text)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
