import { describe, expect, it } from 'vitest';

import { defined } from '#core/base/assert.ts';

import { runScenario } from './cluster.ts';
import { builtInScenarios } from './scenarios/library.ts';
import { slandered } from './slander.ts';

const { scenario } = defined(
  builtInScenarios.find(({ name }) => name === 'colluding-pair'),
  'it comes with the lab',
);
const { trace } = runScenario(scenario);

describe('slander', () => {
  it('is not what proves Byzantine replicas faulty', () => {
    expect(slandered(scenario, trace)).toEqual([]);
  });

  it('is the same proof against replicas that nobody has made Byzantine', () => {
    const innocent = trace.filter(({ type }) => type !== 'byzantine');

    expect(slandered(scenario, innocent)).toEqual([0, 3]);
  });
});
