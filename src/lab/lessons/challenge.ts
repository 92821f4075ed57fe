import type { TraceEvent } from '#core/network/trace-event.ts';
import type { Verdict } from '#core/simulation/scenario.ts';

import type { Challenge, Requirement } from './lesson.ts';
import { fits } from './pattern.ts';

/** One requirement in words, and whether it is met. */
export interface Checked {
  readonly says: string;
  readonly met: boolean;
}

/** What of the goal a run has come to. */
export function checkGoal(
  { goal }: Challenge,
  verdict: Verdict,
  trace: readonly TraceEvent[],
): readonly Checked[] {
  return goal.map((requirement) => ({
    says: wordsOf(requirement),
    met: isMet(requirement, verdict, trace),
  }));
}

function isMet(
  requirement: Requirement,
  { safe, violations, replicas, clients }: Verdict,
  trace: readonly TraceEvent[],
): boolean {
  if ('safe' in requirement) return safe === requirement.safe;
  if ('violated' in requirement) {
    return violations.some(({ invariant }) => invariant === requirement.violated);
  }
  if ('answered' in requirement) {
    return isWithin(
      clients.reduce((sum, { answered }) => sum + answered, 0),
      requirement.answered,
    );
  }
  const faulty = faultyIn(trace);
  if ('faulty' in requirement) return isWithin(faulty.size, requirement.faulty);
  if ('view' in requirement) {
    const { view: wanted } = requirement;
    return replicas.every(({ id, view, status }) => {
      return faulty.has(id) || status === 'crashed' || view >= wanted;
    });
  }
  return 'happened' in requirement
    ? trace.some((event) => fits(requirement.happened, event))
    : !trace.some((event) => fits(requirement.never, event));
}

/** The replicas with which anything was ever wrong. */
function faultyIn(trace: readonly TraceEvent[]): ReadonlySet<number> {
  const faulty = new Set<number>();
  for (const event of trace) {
    const { process, type } = event;
    if (typeof process !== 'number') continue;
    const isFault = type === 'byzantine' || type === 'crashed' || type === 'learner';
    if (isFault) faulty.add(process);
  }
  return faulty;
}

interface Range {
  readonly atLeast?: number;
  readonly atMost?: number;
}

function isWithin(count: number, { atLeast = 0, atMost = Infinity }: Range): boolean {
  return count >= atLeast && count <= atMost;
}

/** A requirement as a list shows it. */
export function wordsOf(requirement: Requirement): string {
  if ('says' in requirement) return requirement.says;
  if ('safe' in requirement) {
    return requirement.safe ? 'Safety holds' : 'Safety is violated';
  }
  if ('violated' in requirement) return `The invariant ${requirement.violated} is violated`;
  if ('answered' in requirement) return `Operations answered: ${rangeOf(requirement.answered)}`;
  if ('faulty' in requirement) return `Faulty replicas: ${rangeOf(requirement.faulty)}`;
  return `Correct replicas are in view ${requirement.view} or later`;
}

function rangeOf({ atLeast, atMost }: Range): string {
  if (atMost === 0) return 'none';
  if (atLeast === undefined) return `at most ${atMost ?? 'any'}`;
  if (atMost === undefined) return `at least ${atLeast}`;
  return atLeast === atMost ? `${atLeast}` : `${atLeast} to ${atMost}`;
}
