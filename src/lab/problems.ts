import type { TraceEvent } from '#core/network/trace-event.ts';

import type { Problem } from './lab-state.ts';
import type { LabStore } from './lab-store.ts';

/** Shows a problem to the person; the same words are not shown twice. */
export function showProblem(
  store: LabStore,
  severity: Problem['severity'],
  title: string,
  text: string,
  remedy?: Problem['remedy'],
): void {
  store.setState(({ problems }) => {
    if (problems.some((problem) => problem.title === title && problem.text === text)) return {};
    const id = problems.reduce((highest, problem) => Math.max(highest, problem.id), 0) + 1;
    return { problems: [...problems, { id, severity, title, text, ...(remedy && { remedy }) }] };
  });
}

/** Tells of processes that have stopped in these events, and not been restarted since: what they have in common is said once. */
export function showFailures(store: LabStore, events: readonly TraceEvent[]): void {
  for (const event of events) {
    if (event.type !== 'failed') continue;
    const isBack = events.some(
      ({ id, type, process }) => id > event.id && type === 'restarted' && process === event.process,
    );
    if (isBack) continue;
    const remedy =
      'What is committed is on the disks: set that right, and restart who has stopped.';
    showProblem(store, 'warning', 'A process has stopped', `${event.problem} ${remedy}`);
  }
}

/** The person has read it. */
export function dismissProblem(store: LabStore, id: number): void {
  store.setState(({ problems }) => ({ problems: problems.filter((problem) => problem.id !== id) }));
}
