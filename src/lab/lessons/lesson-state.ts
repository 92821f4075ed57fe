import type { Checked } from './challenge.ts';
import type { Lesson } from './lesson.ts';

/** The lesson that is on. */
export interface LessonState {
  readonly lesson: Lesson;
  readonly part: 'beats' | 'challenge';
  /** The options that were chosen, by the titles of their beats. */
  readonly predictions: Readonly<Record<string, string>>;
  /** What the last check of the challenge has found; undefined until there was one. */
  readonly checked: readonly Checked[] | undefined;
}

/** What a person has finished. */
export interface Learned {
  readonly lessons: readonly string[];
  readonly challenges: readonly string[];
}
