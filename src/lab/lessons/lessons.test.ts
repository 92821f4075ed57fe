import { describe, expect, it } from 'vitest';

import { processesOf } from '#core/network/process-order.ts';
import { runScenario, type Run } from '#core/simulation/cluster.ts';
import { parseScenario } from '#core/simulation/parse-scenario.ts';

import { checkGoal } from './challenge.ts';
import { beatsInRun, challengeScenario, lessonScenario } from './lesson-run.ts';
import type { Challenge } from './lesson.ts';
import { lessons } from './library.ts';
import { rightOptions } from './prediction.ts';

function run(source: unknown): Run {
  const parsed = parseScenario(source);
  if (!parsed.ok) throw new Error(parsed.problem);
  return runScenario(parsed.scenario);
}

function unmet(challenge: Challenge, solved: boolean): readonly string[] {
  const { verdict, trace } = run(challengeScenario(challenge, solved));
  return checkGoal(challenge, verdict, trace)
    .filter(({ met }) => !met)
    .map(({ says }) => says);
}

const challenges = lessons.flatMap(({ challenge }) => challenge ?? []);

describe.each(lessons)('the lesson $title', (lesson) => {
  const { verdict, trace } = run(lessonScenario(lesson));
  const beats = beatsInRun(lesson, trace, Infinity);

  it('comes to what its scenario expects', () => {
    expect(verdict.unmet).toEqual([]);
  });

  it('says each beat once, in order, each at an instant of its own, and asks before the last', () => {
    expect(beats.map(({ beat }) => beat.title)).toEqual(lesson.beats.map(({ title }) => title));
    expect(new Set(beats.map(({ atMs }) => atMs)).size).toBe(lesson.beats.length);
    expect(beats.at(-1)?.beat.prediction).toBeUndefined();
    expect(beats.some(({ outcome }) => outcome !== undefined)).toBe(true);
  });

  it('has exactly one right answer to each question', () => {
    const said = trace.filter(({ type }) => type === 'said');
    for (const [i, { beat }] of beats.entries()) {
      const { prediction } = beat;
      if (prediction === undefined) continue;
      const right = rightOptions(prediction, trace.slice(said[i]?.id, said[i + 1]?.id));
      const { question } = prediction;
      expect({ question, right: right.length }).toEqual({ question, right: 1 });
    }
  });
});

it.each(challenges)('the challenge "$title" is not met from the start, and can be met', (one) => {
  expect(unmet(one, false)).not.toEqual([]);
  expect(unmet(one, true)).toEqual([]);
});

/** What a person can do by buttons, forms and keys, at a moment of their choice. */
const byHand: ReadonlySet<string> = new Set(
  'submit crash restart pause resume byzantine partition heal timeout network message send'.split(
    ' ',
  ),
);

it.each(challenges)('the solution of "$title" can be carried out with the controls', (one) => {
  const { replicas = 4, clients = 1 } = one.scenario;
  const everybody = processesOf(replicas, clients);
  for (const step of one.solution) {
    expect(byHand).toContain(step.do);
    if (step.do !== 'partition') continue;
    // The list and the line divide everybody in two; a link is cut by itself.
    expect(step.groups).toHaveLength(2);
    expect(new Set(step.groups?.flat())).toEqual(new Set(everybody));
  }
});
