import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import { wordsOf } from '#lab/lessons/challenge.ts';
import type { LessonState } from '#lab/lessons/lesson-state.ts';
import type { Challenge } from '#lab/lessons/lesson.ts';
import { useCommands } from '#ui/lab-context.ts';

import styles from './lesson-card.module.css';

interface ChallengePartProps {
  readonly state: LessonState;
}

/** What is to be brought about, and what of it is. */
export function ChallengePart({ state }: ChallengePartProps): ReactNode {
  const { challenge, title } = state.lesson;
  const [small, setSmall] = useState(false);
  const commands = useCommands();
  if (challenge === undefined) return null;
  const solved = state.checked?.every(({ met }) => met) === true;
  return (
    <section
      className={small ? styles['bar'] : styles['card']}
      data-testid="challenge"
      aria-label={`Challenge: ${challenge.title}`}
    >
      {small ? (
        <strong>{challenge.title}</strong>
      ) : (
        <>
          <p className={styles['where']}>{title} · challenge</p>
          <h2>{challenge.title}</h2>
          <p>{challenge.task}</p>
          <Goal state={state} challenge={challenge} />
          {solved ? <p className={styles['solved']}>Solved.</p> : <Hint challenge={challenge} />}
        </>
      )}
      <div className={styles['ends']}>
        <button data-quiet onClick={() => setSmall(!small)} aria-expanded={!small}>
          {small ? 'Show the task' : 'Fold'}
        </button>
        <button data-quiet onClick={() => commands.closeLesson()}>
          Leave
        </button>
        <span className={styles['space']} />
        <button data-quiet onClick={() => void commands.openChallenge()}>
          Start again
        </button>
        <button
          data-primary
          data-testid="check-challenge"
          onClick={() => void commands.checkChallenge()}
        >
          Run to the end and check
        </button>
      </div>
    </section>
  );
}

interface GoalProps {
  readonly state: LessonState;
  readonly challenge: Challenge;
}

function Goal({ state: { checked }, challenge }: GoalProps): ReactNode {
  const requirements =
    checked ??
    challenge.goal.map((requirement) => ({ says: wordsOf(requirement), met: undefined }));
  return (
    <ul className={styles['goal']} aria-live="polite">
      {requirements.map(({ says, met }) => (
        <li key={says} data-testid="requirement" data-met={met}>
          {met === undefined ? <CircleDashed size={18} aria-label="open:" /> : null}
          {met === true ? <CircleCheck size={18} aria-label="met:" /> : null}
          {met === false ? <CircleX size={18} aria-label="not met:" /> : null}
          {says}
        </li>
      ))}
    </ul>
  );
}

function Hint({ challenge }: { readonly challenge: Challenge }): ReactNode {
  const commands = useCommands();
  return (
    <details className={styles['hint']}>
      <summary>A hint</summary>
      <p>
        {challenge.hint}{' '}
        <button data-quiet onClick={() => void commands.openChallenge(true)}>
          Load a solution
        </button>
      </p>
    </details>
  );
}
