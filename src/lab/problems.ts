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

/** The person has read it. */
export function dismissProblem(store: LabStore, id: number): void {
  store.setState(({ problems }) => ({ problems: problems.filter((problem) => problem.id !== id) }));
}
