import type { Scenario } from '#core/simulation/scenario.ts';
import { normalCase } from '#core/simulation/scenarios/normal-case.ts';

import type { OpenRequest } from './scenario-request.ts';

/** What a page opens that nobody has told what to open: the first of the library. */
export const firstScenario = 'normal-case';

/** The scenario of a request for just that; others need the library, or the parser. */
export function firstScenarioOf(request: OpenRequest): Scenario | undefined {
  const { scenario, replicas, seed, ablation } = request;
  const isChanged = replicas !== undefined || seed !== undefined || ablation !== undefined;
  return scenario === firstScenario && !isChanged ? normalCase : undefined;
}
