import type { TraceEvent } from '#core/network/trace-event.ts';
import { runScenario } from '#core/simulation/cluster.ts';
import type { Scenario } from '#core/simulation/scenario.ts';
import { builtInScenarios } from '#core/simulation/scenarios/library.ts';

/** A scenario of the library and the whole trace of its run, for tests of pictures. */
export function scenarioTrace(name: string): {
  readonly scenario: Scenario;
  readonly trace: readonly TraceEvent[];
} {
  const known = builtInScenarios.find((scenario) => scenario.name === name);
  if (known === undefined) throw new Error(`no scenario is named ${name}`);
  return { scenario: known.scenario, trace: runScenario(known.scenario).trace };
}
