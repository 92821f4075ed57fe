import { assert } from '#core/base/assert.ts';
import { parseScenario } from '#core/simulation/parse-scenario.ts';
import type { Scenario, Step } from '#core/simulation/scenario.ts';
import { builtInScenarios, type Family } from '#core/simulation/scenarios/library.ts';

/** What to open: a built-in scenario by its name or a scenario as a value, with a person's changes to it. */
export interface OpenRequest {
  readonly scenario: unknown;
  readonly replicas?: number;
  readonly seed?: number;
  /** The rules to be left out, in the place of those that the scenario leaves out. */
  readonly ablation?: readonly string[];
}

/** The scenario that was asked for and its name, or why there is none. */
export type RequestedScenario =
  | { readonly ok: true; readonly name: string; readonly scenario: Scenario }
  | { readonly ok: false; readonly problem: string };

/** A built-in scenario as a list shows it. */
export interface ScenarioTitle {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly family: Family;
}

/** Every built-in scenario, in the order of the library. */
export function scenarioTitles(): readonly ScenarioTitle[] {
  return builtInScenarios.map(({ name, family, scenario }) => ({
    name,
    family,
    title: scenario.name,
    about: scenario.about,
  }));
}

/** The scenario that is asked for, complete; or why it is refused. */
export function scenarioOf({ scenario: wanted, ...changes }: OpenRequest): RequestedScenario {
  const builtIn = builtInScenarios.find(({ name }) => name === wanted);
  if (builtIn === undefined && typeof wanted === 'string') {
    const names = builtInScenarios.map(({ name }) => name).join(', ');
    return { ok: false, problem: `There is no scenario "${wanted}". There are: ${names}.` };
  }
  const parsed = parseScenario(changed(builtIn?.scenario ?? wanted, changes));
  if (!parsed.ok) return parsed;
  return { ok: true, name: builtIn?.name ?? parsed.scenario.name, scenario: parsed.scenario };
}

/** What a person wants done as a step of this scenario; or why it is refused. */
export function stepOf(
  step: object,
  scenario: Scenario,
): { readonly ok: true; readonly step: Step } | { readonly ok: false; readonly problem: string } {
  if ('when' in step) {
    return { ok: false, problem: 'What is done by hand waits for no condition: leave out "when".' };
  }
  const parsed = parseScenario({ ...scenario, steps: [step] });
  if (!parsed.ok) return parsed;
  const [one] = parsed.scenario.steps;
  assert(one !== undefined, 'a scenario has the steps that it was given');
  return { ok: true, step: one };
}

/** With another number of replicas, f is again what that number tolerates. */
function changed(
  scenario: unknown,
  { replicas, seed, ablation }: Omit<OpenRequest, 'scenario'>,
): unknown {
  if (typeof scenario !== 'object' || scenario === null) return scenario;
  return {
    ...scenario,
    ...(replicas !== undefined && { replicas, f: Math.floor((replicas - 1) / 3) }),
    ...(seed !== undefined && { seed }),
    ...(ablation !== undefined && { ablation }),
  };
}
