import { expect, it } from 'vitest';

import { builtInScenarios } from '#core/simulation/scenarios/library.ts';

import { firstScenario, firstScenarioOf } from './first-scenario.ts';
import { scenarioOf } from './scenario-request.ts';

it('is the first of the library, as the parser reads it', () => {
  const request = { scenario: firstScenario };

  expect(builtInScenarios[0]?.name).toBe(firstScenario);
  expect(scenarioOf(request)).toEqual({
    ok: true,
    name: firstScenario,
    scenario: firstScenarioOf(request),
  });
});

it('is not what a person has changed', () => {
  expect(firstScenarioOf({ scenario: firstScenario, replicas: 7 })).toBeUndefined();
  expect(firstScenarioOf({ scenario: firstScenario, seed: 8 })).toBeUndefined();
  expect(firstScenarioOf({ scenario: firstScenario, ablation: [] })).toBeUndefined();
  expect(firstScenarioOf({ scenario: 'two-view-changes' })).toBeUndefined();
});
