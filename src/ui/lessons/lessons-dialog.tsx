import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Learned } from '#lab/lessons/lesson-state.ts';
import type { Lesson } from '#lab/lessons/lesson.ts';
import { lessons } from '#lab/lessons/library.ts';
import { Dialog } from '#ui/frame/dialog.tsx';
import { useCommands, useLab } from '#ui/lab-context.ts';

import styles from './lessons-dialog.module.css';

interface LessonsDialogProps {
  readonly onClose: () => void;
}

/** Every lesson, what one learns in it, and what is finished. */
export function LessonsDialog({ onClose }: LessonsDialogProps): ReactNode {
  const learned = useLab((state) => state.learned);
  const commands = useCommands();
  return (
    <Dialog title="Lessons" testId="lessons-dialog" width="middle" onClose={onClose}>
      <button data-quiet className={styles['close']} onClick={onClose}>
        Close
      </button>
      <p>
        Each runs a real cluster that stops where there is something to see. Say what will happen
        next, then let the run decide. A challenge at the end is yours to solve by hand.
      </p>
      <ol className={styles['lessons']}>
        {lessons.map((lesson) => (
          <LessonEntry
            key={lesson.name}
            lesson={lesson}
            learned={learned}
            onStart={() => {
              onClose();
              void commands.openLesson(lesson.name);
            }}
          />
        ))}
      </ol>
    </Dialog>
  );
}

interface LessonEntryProps {
  readonly lesson: Lesson;
  readonly learned: Learned;
  readonly onStart: () => void;
}

function LessonEntry({ lesson, learned, onStart }: LessonEntryProps): ReactNode {
  const { name, title, learn, beats, challenge } = lesson;
  return (
    <li>
      <div>
        <h3>{title}</h3>
        <p>{learn}</p>
        <p className={styles['marks']}>
          <Mark done={learned.lessons.includes(name)} text={`${beats.length} beats`} />
          {challenge === undefined ? null : (
            <Mark
              done={learned.challenges.includes(name)}
              text={`challenge: ${challenge.title.toLowerCase()}`}
            />
          )}
        </p>
      </div>
      <button data-testid={`lesson-${name}`} aria-label={`Start: ${title}`} onClick={onStart}>
        Start
      </button>
    </li>
  );
}

function Mark({ done, text }: { readonly done: boolean; readonly text: string }): ReactNode {
  return (
    <span data-done={done}>
      {done ? <Check size={14} aria-label="done:" /> : null}
      {text}
    </span>
  );
}
