import { describe, expect, it } from 'vitest';

import { search, type SearchLimits } from './search.ts';
import { type LeftOut, settingsOf } from './step-replica.ts';
import type { Scope } from './world.ts';

function scopeOf(about: Partial<Omit<Scope, 'settings'>>, leftOut?: LeftOut, n = 4): Scope {
  const size = { lastView: 1, places: 1, operations: 2, byzantine: undefined, ...about };
  const f = Math.floor((n - 1) / 3);
  const cluster = { n, f, interval: 1000, logSize: size.places, batchMax: 1, pipeline: 4, leftOut };
  return { settings: settingsOf(cluster), ...size };
}

describe('all behaviours of one place in views 0 and 1 with two requests', () => {
  it('keep agreement when a backup is Byzantine', { timeout: 120_000 }, () => {
    expect(search(scopeOf({ byzantine: 3 }))).toMatchObject({ complete: true, states: 11_864 });
  });

  it('keep agreement with one request and a Byzantine first primary, who may also say null', () => {
    const result = search(scopeOf({ byzantine: 0, operations: 1 }));
    expect(result.complete).toBe(true);
    expect(result.decidedStates).toBeGreaterThan(100);
  });
});

describe('a rule that is left out', () => {
  const forkOnly: SearchLimits = { invariant: 'agreement', states: 100_000 };

  it('[quorum] of f + 1 decides two requests in one view', () => {
    const { violation } = search(scopeOf({ byzantine: 0 }, 'quorum-f+1'), forkOnly);
    expect(violation?.path.map(({ says }) => says)).toEqual([
      'replica 1 accepts pre-prepare 0/1 [c0.1 a] by 0',
      'replica 2 accepts pre-prepare 0/1 [c1.1 b] by 0',
      'replica 1 hears the COMMITs of 1 and decides [c0.1 a] at 1',
      'replica 2 hears the COMMITs of 2 and decides [c1.1 b] at 1',
    ]);
  });

  it('the PREPARE of a primary that counts decides two requests in one view', () => {
    const { violation } = search(scopeOf({ byzantine: 0 }, 'count-primary-prepare'), {
      states: 100_000,
    });
    expect(violation?.invariant).toBe('prepared-unique');
    expect(violation?.path).toHaveLength(4);
  });

  it('a quorum of 2f + 1 of five lets two requests prepare', () => {
    const { violation } = search(scopeOf({ byzantine: 0 }, 'naive-quorum-2f+1', 5));
    expect(violation?.invariant).toBe('prepared-unique');
  });

  it('an order that nobody checks undoes what was decided', { timeout: 60_000 }, () => {
    const { violation } = search(scopeOf({ byzantine: 1 }, 'unchecked-order'));
    expect(violation?.invariant).toBe('view-preserved');
    expect(violation?.path.at(-1)).toMatchObject({ deed: 'prepares', view: 1 });
  });
});

describe('a search', () => {
  it('ends where it is told to, and says that it is not complete', () => {
    const scope = scopeOf({ byzantine: 0, places: 2 });
    expect(search(scope, { depth: 3 })).toMatchObject({ complete: false, depth: 3 });
    expect(search(scope, { states: 100 }).states).toBeLessThan(500);
  });
});
