/**
 * Makes a failing scenario small: steps go, in ever smaller groups (delta debugging), then what is left
 * is made plain. A scenario that cannot be live any more is no smaller failure of the same kind: what ends faults stays.
 */
import type { Scenario, Step } from './scenario.ts';

/** Whether a scenario still fails in the way that matters. */
export type Fails = (scenario: Scenario) => boolean;

/** The smallest scenario found that still fails, with at most `budget` runs. */
export function shrink(scenario: Scenario, fails: Fails, budget: number): Scenario {
  let runs = 0;
  const stillFails: Fails = (candidate) => runs++ < budget && fails(candidate);
  const fewer = withFewerSteps(scenario, stillFails);
  return plainer(fewer, stillFails);
}

function withFewerSteps(scenario: Scenario, fails: Fails): Scenario {
  let best = scenario;
  let size = Math.ceil(removable(best).length / 2);
  while (size >= 1) {
    const smaller = withoutSomeGroup(best, size, fails);
    if (smaller !== undefined) best = smaller;
    else if (size === 1) break;
    else size = Math.ceil(size / 2);
    size = Math.min(size, removable(best).length);
  }
  return best;
}

function withoutSomeGroup(scenario: Scenario, size: number, fails: Fails): Scenario | undefined {
  const groups = removable(scenario);
  for (let from = 0; from < groups.length; from += size) {
    const gone = new Set(groups.slice(from, from + size).flat());
    const steps = scenario.steps.filter((step) => !gone.has(step));
    const candidate = withSteps(scenario, steps);
    if (candidate !== undefined && fails(candidate)) return candidate;
  }
  return undefined;
}

/** Steps that go together: a fault and its end. What ends everything stays. */
function removable({ steps }: Scenario): readonly (readonly Step[])[] {
  const taken = new Set<Step>();
  return steps.flatMap((step, i) => {
    if (taken.has(step) || step.do === 'heal' || step.do === 'network') return [];
    const group = [step, ...companions(step, steps.slice(i + 1))];
    for (const member of group) taken.add(member);
    return [group];
  });
}

/** The end of a fault: the next step of the kind that ends it, about the same process. */
function companions(step: Step, later: readonly Step[]): readonly Step[] {
  const endings: Partial<Record<Step['do'], Step['do']>> = {
    crash: 'restart',
    pause: 'resume',
    hold: 'release',
  };
  const ending = endings[step.do];
  const found = later.find(
    (other) =>
      other.do === ending &&
      subject(other, 'replica') === subject(step, 'replica') &&
      subject(other, 'client') === subject(step, 'client'),
  );
  return found === undefined ? [] : [found];
}

function subject(step: Step, field: 'replica' | 'client'): unknown {
  return field in step ? Object.entries(step).find(([name]) => name === field)?.[1] : undefined;
}

function operationsIn(steps: readonly Step[]): number {
  return steps.filter((step) => step.do === 'submit').length;
}

/** With fewer operations the run ends after fewer. */
function withSteps(scenario: Scenario, steps: readonly Step[]): Scenario | undefined {
  const { executed, ...until } = scenario.until;
  if (executed === undefined) return { ...scenario, steps };
  const wanted = executed - (operationsIn(scenario.steps) - operationsIn(steps));
  return wanted < 1 ? undefined : { ...scenario, steps, until: { ...until, executed: wanted } };
}

/** The network without loss, without copies, with an even latency, as far as the failure needs none of it. */
function plainer(scenario: Scenario, fails: Fails): Scenario {
  const changes: readonly Partial<Scenario['network']>[] = [
    { loss: 0 },
    { duplicate: 0 },
    { latencyMs: [20, 25] },
  ];
  return changes.reduce<Scenario>((best, change) => {
    const candidate = { ...best, network: { ...best.network, ...change } };
    return fails(candidate) ? candidate : best;
  }, scenario);
}
