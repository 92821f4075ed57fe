import { beforeAll, describe, expect, it } from 'vitest';

import { runScenario, type Run } from './cluster.ts';
import { randomBehaviours, randomScenario } from './random-scenario.ts';
import type { Scenario } from './scenario.ts';

const seeds = Array.from({ length: 200 }, (_, i) => i + 1);

interface Finished extends Run {
  readonly scenario: Scenario;
}

describe('200 random scenarios', () => {
  const runs: Finished[] = [];
  const fired = new Map<string, number>();

  beforeAll(() => {
    const t0 = performance.now();
    for (const seed of seeds) {
      const scenario = randomScenario(seed);
      const run = runScenario(scenario);
      runs.push({ scenario, ...run });
    }
    console.log(
      (performance.now() - t0) / seeds.length,
      'ms each',
      runs.reduce((s, r) => s + r.trace.length, 0),
      'events',
      runs.reduce((s, r) => s + r.verdict.counts.commits, 0),
    );
  }, 180_000);

  it.each(seeds)('seed %i holds every invariant and comes to what it expects', (seed) => {
    const run = runs[seed - 1];

    expect(run?.verdict.violations).toEqual([]);
    expect(run?.verdict.unmet).toEqual([]);
  });
});
