import { describe, expect, it } from 'vitest';

import { Differential } from './differential.ts';

describe('a schedule in which the two once differed', () => {
  it.for([
    { n: 4, seed: 35, about: 'a null request decided by who has not seen it proposed executes' },
    {
      n: 7,
      seed: 33,
      about: 'what a view began with does not make a newer request proposable again',
    },
  ])('$about', ({ n, seed }) => {
    const { difference } = new Differential({ seed, n, steps: 400, isByzantine: false }).run();
    expect(difference).toBeUndefined();
  });
});

describe('the workflows and the step machine', () => {
  it.for([4, 5, 7])(
    'send the same, wait for the same and execute the same in random schedules of %i replicas',
    { timeout: 120_000 },
    (n) => {
      const sums = { deliveries: 0, executed: 0, stable: 0, views: 0, forged: 0 };
      for (let seed = 1; seed <= 70; seed++) {
        const isByzantine = seed % 2 === 0;
        const outcome = new Differential({ seed, n, steps: 400, isByzantine }).run();
        expect({ seed, difference: outcome.difference }).toEqual({ seed, difference: undefined });
        sums.deliveries += outcome.deliveries;
        sums.executed += outcome.executed;
        sums.stable += outcome.stable;
        sums.views += outcome.view;
        sums.forged += outcome.forged;
      }
      expect(Object.values(sums).every((sum) => sum > 50)).toBe(true);
    },
  );
});
