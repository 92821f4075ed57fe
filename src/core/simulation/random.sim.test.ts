import { describe, expect, it } from 'vitest';

import { behaviourCatalogue } from '#core/replica/byzantine/catalogue.ts';

import { Campaign } from './campaign.ts';
import { runScenario } from './cluster.ts';
import { type Generator, generators } from './generators.ts';
import { randomScenario } from './random-scenario.ts';
import { loadScenario } from './scenarios/library.ts';
import { strategies } from './strategies.ts';

/** So many that every class of fault of the generator happens. */
const scenariosOf: Readonly<Record<string, number>> = {
  swarm: 120,
  strategies: 3 * strategies.length,
  tongues: 60,
  mutations: 60,
  treason: 4 * behaviourCatalogue.length,
  twins: 40,
  laggards: 36,
  'crash-points': 60,
};

function campaignOf(generator: Generator, scenarios: number, replicas?: number): Campaign {
  const campaign = new Campaign([generator], { firstSeed: 1, replicas });
  for (let i = 0; i < scenarios; i++) campaign.step();
  return campaign;
}

describe.each(generators)('a campaign of $name', (generator) => {
  it('breaks no invariant, is live after its faults, and shows something', () => {
    const { summary, vacuity } = campaignOf(generator, scenariosOf[generator.name] ?? 0);

    expect(summary.violations).toEqual([]);
    expect(vacuity).toEqual([]);
  }, 600_000);

  it.each([9, 10])(
    'breaks no invariant and is live with %i replicas',
    (replicas) => {
      const { summary } = campaignOf(generator, 4, replicas);

      expect(summary.violations).toEqual([]);
      expect(summary.deciding).toBeGreaterThanOrEqual(3);
    },
    600_000,
  );
});

describe('a campaign of all generators', () => {
  it('aims at every class of fault and has hit it within 64 scenarios', () => {
    const campaign = new Campaign(generators, { firstSeed: 1_000_000 });
    for (let i = 0; i < 64 && campaign.vacuity.length > 0; i++) campaign.step();

    expect(campaign.vacuity).toEqual([]);
    expect(campaign.summary.violations).toEqual([]);
  }, 600_000);
});

describe('a program with a rule left out', () => {
  it.each([
    ['send-before-commit', 'write-ahead'],
    ['forget-votes', 'no-contradiction'],
    ['no-vote-deduplication', 'committed-backed'],
    ['no-execution-order', 'contiguous-execution'],
    ['no-commit-phase', 'committed-backed'],
  ])(
    '%s is caught breaking %s within 150 seeds',
    (ablation, invariant) => {
      const found = Array.from({ length: 150 }, (_, i) => i + 1).some((seed) =>
        runScenario(randomScenario(seed, { ablation: [ablation] })).verdict.violations.some(
          (violation) => violation.invariant === invariant,
        ),
      );

      expect(found).toBe(true);
    },
    60_000,
  );

  it('no-vote-deduplication is caught breaking agreement when every vote comes twice', () => {
    const parsed = loadScenario('naive-quorum');
    if (!parsed.ok) throw new Error(parsed.problem);
    const { network } = parsed.scenario;
    const run = (ablation: readonly string[]): readonly string[] =>
      runScenario({
        ...parsed.scenario,
        ablation,
        network: { ...network, duplicate: 1 },
      }).verdict.violations.map(({ invariant }) => invariant);

    expect(run(['no-vote-deduplication'])).toContain('agreement');
    expect(run([])).toEqual([]);
  });
});
