import { expect, it } from 'vitest';

import { runScenario } from './cluster.ts';
import { laggardScenario } from './laggard-scenario.ts';

it.each([
  ['the last that happens is an installed state: what it contains counts as executed', 103_000_005],
  ['the state that a laggard fetches is let go twice', 103_000_000],
])('a run is live to its end when %s (seed %i)', (_, seed) => {
  const { verdict } = runScenario(laggardScenario(seed));

  expect(verdict.violations).toEqual([]);
  expect(verdict).toMatchObject({ live: true, ended: 'executed' });
  expect(verdict.counts.stateTransfers).toBeGreaterThan(0);
});

it('a run is live to its end when nobody gets on until the laggard is back (seed 7000018)', () => {
  const { verdict } = runScenario(laggardScenario(7_000_018, 5));

  expect(verdict.violations).toEqual([]);
  expect(verdict).toMatchObject({ live: true, ended: 'executed' });
});
