import { describe, expect, it } from 'vitest';

import { runScenario } from './cluster.ts';
import { builtInScenarios } from './scenarios/library.ts';

describe('built-in scenarios', () => {
  it('have names of their own, a few sentences, and something to expect', () => {
    expect(new Set(builtInScenarios.map(({ name }) => name)).size).toBe(builtInScenarios.length);
    for (const { name, scenario } of builtInScenarios) {
      expect(scenario.about.split('. ').length, `sentences about ${name}`).toBeGreaterThan(1);
      expect(Object.keys(scenario.expect).length, `what ${name} expects`).toBeGreaterThan(1);
    }
  });

  it.each(builtInScenarios)('$name comes to what it expects', ({ scenario }) => {
    const { verdict } = runScenario(scenario);

    expect(verdict.unmet).toEqual([]);
    expect(verdict.met).toBe(true);
  });

  it.each(builtInScenarios)('$name gives the same trace each time', ({ scenario }) => {
    const [first, second] = [runScenario(scenario), runScenario(scenario)];

    expect(second.verdict).toEqual(first.verdict);
    expect(second.trace).toEqual(first.trace);
  });
});
