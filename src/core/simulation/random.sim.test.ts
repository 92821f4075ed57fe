import { beforeAll, describe, expect, it } from 'vitest';

import { behaviourCatalogue } from '#core/replica/byzantine/catalogue.ts';

import { runScenario } from './cluster.ts';
import { FaultCensus } from './fault-census.ts';
import { generators } from './generators.ts';
import { randomScenario } from './random-scenario.ts';
import type { Scenario, Verdict } from './scenario.ts';
import { strategies } from './strategies.ts';

const seedsOf: Readonly<Record<string, number>> = {
  swarm: 120,
  strategies: 2 * strategies.length,
  treason: 4 * behaviourCatalogue.length,
  laggards: 36,
  'crash-points': 60,
};

describe.each(generators)('random scenarios of $name', ({ name, draw, faults }) => {
  const seeds = Array.from({ length: seedsOf[name] ?? 1 }, (_, i) => i + 1);
  const verdicts = new Map<number, Verdict>();
  const census = new FaultCensus();

  function run(scenario: Scenario): Verdict {
    const { verdict, trace } = runScenario(scenario);
    census.add(trace);
    return verdict;
  }

  beforeAll(() => {
    for (const seed of seeds) verdicts.set(seed, run(draw(seed)));
  }, 300_000);

  it.each(seeds)('seed %i breaks no invariant and is live', (seed) => {
    const verdict = verdicts.get(seed);

    expect(verdict?.violations).toEqual([]);
    expect(verdict?.live).toBe(true);
    expect(verdict?.ended).toMatch(/^(executed|time)$/);
  });

  it.each(faults)('have %s happen', (fault) => {
    expect(census.of(fault)).toBeGreaterThan(0);
  });

  it('decide something in at least four of five runs', () => {
    const decided = [...verdicts.values()].filter(({ counts }) => counts.decided > 0);

    expect(decided.length).toBeGreaterThanOrEqual(seeds.length * 0.8);
  });
});

describe('a program with a rule left out', () => {
  // Two replicas that decide differently are rare: the seeds begin near a case.
  it.each([
    ['send-before-commit', 'write-ahead', 1],
    ['forget-votes', 'no-contradiction', 1],
    ['no-vote-deduplication', 'committed-backed', 1],
    ['no-vote-deduplication', 'agreement', 500],
    ['no-execution-order', 'contiguous-execution', 1],
    ['no-commit-phase', 'committed-backed', 1],
  ])(
    '%s is caught breaking %s within 150 seeds from %i',
    (ablation, invariant, first) => {
      const found = Array.from({ length: 150 }, (_, i) => first + i).some((seed) =>
        runScenario(randomScenario(seed, { ablation: [ablation] })).verdict.violations.some(
          (violation) => violation.invariant === invariant,
        ),
      );

      expect(found).toBe(true);
    },
    60_000,
  );
});
