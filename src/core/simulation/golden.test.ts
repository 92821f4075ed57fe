import { describe, expect, it } from 'vitest';

import { runScenario } from './cluster.ts';
import { builtInScenarios } from './scenarios/library.ts';

describe('built-in scenarios', () => {
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
