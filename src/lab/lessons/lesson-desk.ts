import type { LabStore } from '#lab/lab-store.ts';
import { Refusal, type Lab } from '#lab/lab.ts';

import { checkGoal } from './challenge.ts';
import {
  challengeRunName,
  challengeScenario,
  lessonRunName,
  lessonScenario,
} from './lesson-run.ts';
import type { LessonState } from './lesson-state.ts';
import type { Challenge, Lesson } from './lesson.ts';

/** Opens lessons and their challenges, takes predictions, checks goals. */
export class LessonDesk {
  private readonly store: LabStore;
  private readonly lab: Lab;

  constructor(store: LabStore, lab: Lab) {
    this.store = store;
    this.lab = lab;
  }

  /** From its beginning. */
  async open(name: string): Promise<void> {
    await this.begin(await lessonOf(name), 'beats', false);
  }

  /** Goes on with the lesson if this page was in it, else from its beginning. */
  async enter(name: string): Promise<void> {
    const lesson = await lessonOf(name);
    const { title, challenge, rate } = lesson;
    if (await this.lab.resume({ name: lessonRunName(title) })) {
      this.show(lesson, 'beats', rate);
    } else if (
      challenge !== undefined &&
      (await this.lab.resume({ name: challengeRunName(challenge.title) }))
    ) {
      this.show(lesson, 'challenge', challenge.rate);
    } else await this.begin(lesson, 'beats', false);
  }

  async openChallenge(solved: boolean): Promise<void> {
    await this.begin(this.current().lesson, 'challenge', solved);
  }

  /** Runs to the end and judges. */
  async check(): Promise<void> {
    const state = this.current();
    const challenge = challengeOf(state.lesson);
    this.store.setState({ lesson: { ...state, checked: undefined } });
    await this.lab.runUntil({ atMs: endOf(this.store) });
    const checked = checkGoal(challenge, await this.lab.verdict(), this.store.getState().trace);
    await this.lab.judge();
    this.store.setState(({ learned }) => {
      const { name } = state.lesson;
      const isDone = checked.every(({ met }) => met) && !learned.challenges.includes(name);
      return {
        lesson: { ...state, checked },
        ...(isDone && { learned: { ...learned, challenges: [...learned.challenges, name] } }),
      };
    });
  }

  predict(beat: string, option: string): void {
    this.store.setState(({ lesson }) => {
      if (lesson === undefined) return {};
      return { lesson: { ...lesson, predictions: { ...lesson.predictions, [beat]: option } } };
    });
  }

  close(): void {
    this.store.setState({ lesson: undefined });
  }

  private async begin(lesson: Lesson, part: LessonState['part'], solved: boolean): Promise<void> {
    const challenge = part === 'challenge' ? challengeOf(lesson) : undefined;
    await this.lab.load(
      challenge === undefined ? lessonScenario(lesson) : challengeScenario(challenge, solved),
    );
    this.show(lesson, part, (challenge ?? lesson).rate);
  }

  private show(lesson: Lesson, part: LessonState['part'], rate: number): void {
    this.lab.transport.setRate(rate);
    this.store.setState({ lesson: { lesson, part, predictions: {}, checked: undefined } });
  }

  private current(): LessonState {
    const { lesson } = this.store.getState();
    if (lesson === undefined) throw new Refusal('No lesson is on.');
    return lesson;
  }
}

function challengeOf({ title, challenge }: Lesson): Challenge {
  if (challenge === undefined) throw new Refusal(`The lesson "${title}" has no challenge.`);
  return challenge;
}

/** When the run on show ends at the latest. */
function endOf(store: LabStore): number {
  const { scenario, edgeMs } = store.getState();
  return Math.max(edgeMs, scenario?.until.atMs ?? 0);
}

async function lessonOf(name: string): Promise<Lesson> {
  // Most visits do without fetching this.
  const { lessons } = await import('./library.ts');
  const lesson = lessons.find((candidate) => candidate.name === name);
  if (lesson !== undefined) return lesson;
  const names = lessons.map((candidate) => candidate.name).join(', ');
  throw new Refusal(`There is no lesson "${name}". There are: ${names}.`);
}
