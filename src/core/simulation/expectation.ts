import type { Deed, Expectation, Verdict } from './scenario.ts';
import { ServiceModel } from './service-model.ts';
import type { Stage } from './stage.ts';
import { canonicalJson } from './trace.ts';

/** What a run that ended looks like to `expect`. */
export interface Outcome {
  readonly safe: boolean;
  readonly live: boolean;
  /** Minima over the running correct replicas; undefined when there is none. */
  readonly executed: number | undefined;
  readonly view: number | undefined;
  readonly violations: Verdict['violations'];
}

/** What of `expect` does not hold, in words. */
export function unmetBy(expect: Expectation, outcome: Outcome): readonly string[] {
  const { executed, view, violations } = outcome;
  // An expectation that says nothing of safety expects it, unless it names violations.
  const safe = expect.safe ?? (expect.violations === undefined ? true : undefined);
  const missing = (expect.violations ?? []).filter(
    (name) => !violations.some(({ invariant }) => invariant === name),
  );
  return [
    ...(safe === undefined || safe === outcome.safe
      ? []
      : [`the run should be ${safe ? 'safe' : 'unsafe'}: ${namesOf(violations)}`]),
    ...unlessLive(expect, outcome),
    ...(expect.executed === undefined || expect.executed === executed
      ? []
      : [`${expect.executed} operations should be executed, not ${executed ?? 'any'}`]),
    ...(expect.view === undefined || (view ?? -1) >= expect.view
      ? []
      : [`the view should be at least ${expect.view}, not ${view ?? 'none'}`]),
    ...missing.map((name) => `${name} should be violated: ${namesOf(violations)}`),
  ];
}

function unlessLive(expect: Expectation, { live }: Outcome): readonly string[] {
  if (expect.live === undefined || expect.live === live) return [];
  return [`the run should ${expect.live ? '' : 'not '}be live`];
}

function namesOf(violations: Outcome['violations']): string {
  if (violations.length === 0) return 'no invariant was violated';
  return `violated: ${violations.map(({ invariant }) => invariant).join(', ')}`;
}

/** What of an `expectHere` does not hold at this instant, in words. */
export function unmetHere(
  stage: Stage,
  expect: Extract<Deed, { readonly do: 'expectHere' }>,
): readonly string[] {
  const running = stage.runningCorrect();
  const violations = stage.oracle.violated.map((invariant) => ({ invariant, ...unknown }));
  const { safe, executed, view, state } = expect;
  const unmet = [
    ...unmetBy(
      {
        ...(safe !== undefined && { safe }),
        ...(executed !== undefined && { executed }),
        ...(view !== undefined && { view }),
        ...(safe === undefined && { violations: [] }),
      },
      {
        safe: violations.length === 0,
        live: true,
        executed: lowest(running.map((replica) => replica.executed)),
        view: lowest(running.map((replica) => replica.view)),
        violations,
      },
    ),
  ];
  if (state !== undefined) unmet.push(...wrongState(stage, state));
  return unmet;
}

const unknown = { atMs: 0, says: '', culprits: [], evidence: [] };

/** The state of every running correct replica is the agreed sequence applied as far as it has executed. */
function wrongState(stage: Stage, wanted: Readonly<Record<string, unknown>>): readonly string[] {
  return stage.runningCorrect().flatMap(({ lastExecuted }) => {
    const state = ServiceModel.after(
      stage.scenario.service,
      stage.oracle.agreed(lastExecuted),
    ).state();
    return Object.entries(wanted)
      .filter(([key, value]) => state.get(key) !== textOf(value))
      .map(
        ([key, value]) => `${key} should be ${textOf(value)}, not ${state.get(key) ?? 'absent'}`,
      );
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}

/** The least of some numbers; undefined when there is none. */
export function lowest(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.min(...numbers);
}
