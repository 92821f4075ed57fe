import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';
import type { Condition } from '#core/simulation/scenario.ts';

/** A lesson: a scenario that stops to say and to ask something. All of it is data. */
export interface Lesson {
  /** What the address calls it. */
  readonly name: string;
  readonly title: string;
  /** What one learns, in a sentence. */
  readonly learn: string;
  /** What runs; its beats are added to it. */
  readonly scenario: ScenarioSource;
  /** Virtual seconds per real second. */
  readonly rate: number;
  readonly beats: readonly LessonBeat[];
  readonly challenge?: Challenge;
}

/** One idea. It is said when its condition holds, or at its time; else at the beginning. */
export interface LessonBeat {
  /** Tells it from the other beats of its lesson. */
  readonly title: string;
  readonly text: string;
  readonly at?: number;
  readonly when?: Condition;
  readonly after?: number;
  readonly prediction?: Prediction;
}

/** A question about what happens until the next beat. What happens is the answer. */
export interface Prediction {
  readonly question: string;
  readonly options: readonly Option[];
  /** Why it came as it came; said with the next beat. */
  readonly because: string;
}

/** An answer to choose, and what must happen up to the next beat for it to be right. */
export interface Option {
  readonly text: string;
  readonly right: Outcome;
}

/** `otherwise`: none of the other options came true. */
type Outcome =
  | { readonly happens: Pattern }
  | { readonly times: number; readonly of: Pattern }
  | 'otherwise';

/** Events with these fields; those of a message are looked for in its header, too. */
export interface Pattern {
  readonly type: TraceEvent['type'];
  readonly [field: string]: string | number;
}

/** Something to bring about with one's own hands. The verdict and the trace say whether it is done. */
export interface Challenge {
  readonly title: string;
  readonly task: string;
  readonly hint: string;
  readonly scenario: ScenarioSource;
  readonly rate: number;
  readonly goal: readonly Requirement[];
  /** Steps that meet the goal. */
  readonly solution: NonNullable<ScenarioSource['steps']>;
}

/** One thing that the run must have come to when it is checked. */
export type Requirement =
  | { readonly safe: boolean }
  | { readonly violated: string }
  /** How many operations were answered. */
  | { readonly answered: { readonly atLeast?: number; readonly atMost?: number } }
  /** Replicas that were Byzantine, crashed or lost a disk. */
  | { readonly faulty: { readonly atLeast?: number; readonly atMost?: number } }
  /** Every running correct replica has come so far. */
  | { readonly view: number }
  | { readonly happened: Pattern; readonly says: string }
  | { readonly never: Pattern; readonly says: string };
