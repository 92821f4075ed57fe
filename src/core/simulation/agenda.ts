import { defined } from '#core/base/assert.ts';

import type { Condition, Step } from './scenario.ts';

interface Entry {
  readonly step: Step;
  /** When it takes effect; undefined while its condition has not held. */
  dueUs: number | undefined;
  done: boolean;
}

/** A step whose condition has not held yet. */
export interface Waiting {
  readonly index: number;
  readonly step: Step;
  readonly condition: Condition;
}

/** The steps of a scenario, each waiting for its time or its condition. */
export class Agenda {
  private readonly entries: Entry[] = [];

  constructor(steps: readonly Step[]) {
    for (const step of steps) this.add(step);
  }

  /** Every step, in the order of the file, commands last. */
  get steps(): readonly Step[] {
    return this.entries.map((entry) => entry.step);
  }

  add(step: Step): void {
    const dueUs = step.when === undefined ? usOf(step.at ?? 0) + usOf(step.after ?? 0) : undefined;
    this.entries.push({ step, dueUs, done: false });
  }

  /** Adds a step that has already taken effect, at `nowUs`: it is kept for the record. */
  record(step: Step, nowUs: number): void {
    this.entries.push({ step, dueUs: nowUs, done: true });
  }

  /** The first `planned` steps, and those of the others that were due by `nowUs`. */
  stepsBy(nowUs: number, planned: number): readonly Step[] {
    return this.entries
      .filter(({ dueUs }, i) => i < planned || (dueUs !== undefined && dueUs <= nowUs))
      .map(({ step }) => step);
  }

  /** The next instant at which a step is due. */
  get nextDueUs(): number | undefined {
    let next: number | undefined;
    for (const { dueUs, done } of this.entries) {
      if (!done && dueUs !== undefined && (next === undefined || dueUs < next)) next = dueUs;
    }
    return next;
  }

  /** Takes the steps that are due, in the order of the file. */
  takeDue(nowUs: number): readonly Step[] {
    const due = this.entries.filter(
      (entry) => !entry.done && entry.dueUs !== undefined && entry.dueUs <= nowUs,
    );
    for (const entry of due) entry.done = true;
    return due.map((entry) => entry.step);
  }

  /** The steps that wait for a condition, in the order of the file. */
  waiting(): readonly Waiting[] {
    return this.entries.flatMap(({ step, dueUs, done }, index) =>
      !done && dueUs === undefined && step.when !== undefined
        ? [{ index, step, condition: step.when }]
        : [],
    );
  }

  /** The condition of a step held at `nowUs`: it takes effect after its delay. */
  fire(index: number, nowUs: number): void {
    const entry = defined(this.entries[index], 'a step that waits is on the agenda');
    entry.dueUs = nowUs + usOf(entry.step.after ?? 0);
  }

  /** The step has taken effect by other means than `takeDue`. */
  finish(index: number): void {
    defined(this.entries[index], 'a step that fired is on the agenda').done = true;
  }
}

/** Integer microseconds of a time in milliseconds. */
export function usOf(ms: number): number {
  return Math.round(ms * 1000);
}
