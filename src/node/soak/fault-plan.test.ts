import { describe, expect, it } from 'vitest';

import { FaultPlan, faultKinds, type PlannedDeed } from './fault-plan.ts';

function deeds(seed: number, count: number, n = 4): readonly PlannedDeed[] {
  const plan = new FaultPlan(n, seed);
  return Array.from({ length: count }, () => plan.next());
}

const seeds = [1, 2, 3, 4, 5];

describe('a plan of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(deeds(7, 100)).toEqual(deeds(7, 100));
    expect(deeds(7, 100)).not.toEqual(deeds(8, 100));
  });

  it.for(seeds)(
    'has every kind of fault within half a minute, and never goes back: seed %i',
    (seed) => {
      const soon = deeds(seed, 200).filter(({ atMs }) => atMs < 30_000);

      expect(new Set(soon.map(({ deed }) => deed.do))).toEqual(
        new Set([...faultKinds, 'restart', 'resume', 'heal']),
      );
      expect(soon.map(({ atMs }) => atMs)).toEqual(
        soon.map(({ atMs }) => atMs).sort((a, b) => a - b),
      );
    },
  );

  it.for(seeds)(
    'brings back who crashed or was paused, before it strikes them again: seed %i',
    (seed) => {
      for (const replica of [0, 1, 2, 3, 4, 5, 6]) {
        const story = deeds(seed, 500, 7).flatMap(({ deed }) =>
          'replica' in deed && deed.replica === replica && deed.do !== 'byzantine' ? [deed.do] : [],
        );
        const struck = story.filter((_, i) => i % 2 === 0);
        const back = struck.map((fault) => (fault === 'crash' ? 'restart' : 'resume'));

        expect(struck.length).toBeGreaterThan(5);
        expect(story).toEqual(
          struck.flatMap((fault, i) => [fault, back[i]]).slice(0, story.length),
        );
      }
    },
  );

  it.for(seeds)('makes one replica Byzantine and no other: seed %i', (seed) => {
    const villains = deeds(seed, 500).flatMap(({ deed }) =>
      deed.do === 'byzantine' ? [deed.replica] : [],
    );

    expect(new Set(villains).size).toBe(1);
  });

  it.for(seeds)('divides the network in two sides of everybody: seed %i', (seed) => {
    const partitions = deeds(seed, 500).flatMap(({ deed }) =>
      deed.do === 'partition' ? [deed.groups] : [],
    );

    expect(partitions.length).toBeGreaterThan(5);
    for (const groups of partitions) {
      expect(groups.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3]);
      expect(groups.map(({ length }) => length)).not.toContain(0);
    }
  });
});
