import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ScenarioSource } from '#core/simulation/scenario-schema.ts';
import { beatsUntil } from '#lab/beats.ts';

import type { Challenge, Lesson, LessonBeat, Option, Prediction } from './lesson.ts';
import { rightOptions } from './prediction.ts';

/** The scenario of a lesson, its beats said in it. */
export function lessonScenario({ title, learn, scenario, beats }: Lesson): ScenarioSource {
  const said = beats.map(({ prediction, ...beat }) => ({
    do: 'say' as const,
    ...beat,
    ...(prediction !== undefined && { question: prediction.question }),
  }));
  return {
    ...scenario,
    name: lessonRunName(title),
    about: learn,
    steps: [...(scenario.steps ?? []), ...said],
  };
}

/** The scenario in which a challenge is met, solved if that is wanted. */
export function challengeScenario(
  { title, task, scenario, solution }: Challenge,
  solved = false,
): ScenarioSource {
  const steps = [...(scenario.steps ?? []), ...(solved ? solution : [])];
  return { ...scenario, name: challengeRunName(title), about: task, steps };
}

/** What the scenario of a lesson is called: how a page that is loaded again finds it. */
export function lessonRunName(title: string): string {
  return `Lesson: ${title}`;
}

/** What the scenario of a challenge is called. */
export function challengeRunName(title: string): string {
  return `Challenge: ${title}`;
}

/** A beat of a lesson in a run, and what came of its question if the run is there yet. */
export interface BeatInRun {
  readonly beat: LessonBeat;
  /** Its place among the beats of the lesson, from 1. */
  readonly place: number;
  readonly atMs: number;
  readonly outcome?: { readonly prediction: Prediction; readonly right: Option | undefined };
}

/** The beats of a lesson up to an instant, with the answers that the run has given by then. */
export function beatsInRun(
  { beats }: Lesson,
  trace: readonly TraceEvent[],
  untilMs: number,
): readonly BeatInRun[] {
  const said = beatsUntil(trace, untilMs);
  return said.flatMap(({ id, title, atMs }, i) => {
    const beat = beats.find((candidate) => candidate.title === title);
    if (beat === undefined) return [];
    const place = beats.indexOf(beat) + 1;
    const next = said[i + 1];
    const { prediction } = beat;
    if (prediction === undefined || next === undefined) return [{ beat, place, atMs }];
    const [right] = rightOptions(prediction, trace.slice(id, next.id));
    return [{ beat, place, atMs, outcome: { prediction, right } }];
  });
}
