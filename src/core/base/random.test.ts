import { describe, expect, it } from 'vitest';

import { Random } from './random.ts';

function draw(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, () => random.next());
}

describe('random', () => {
  it('gives the same numbers for the same key, in every host and version', () => {
    expect(draw(new Random('seed 7'), 3)).toMatchInlineSnapshot(`
      [
        0.6506691423834465,
        0.03895417110120003,
        0.5440936471933117,
      ]
    `);
  });

  it('gives other numbers for other keys', () => {
    const first = ['', '0', '1', '2', '01'].map((key) => new Random(key).next());
    expect(new Set(first).size).toBe(5);
  });

  it('goes on from its state, which survives JSON', () => {
    const random = new Random('seed 7');
    draw(random, 5);
    const copy: unknown = JSON.parse(JSON.stringify(random.state));
    expect(copy).toEqual(random.state);
    const resumed = new Random(random.state);
    expect(draw(resumed, 5)).toEqual(draw(random, 5));
  });

  it('draws evenly from [0, 1)', () => {
    const buckets = Array.from({ length: 10 }, () => 0);
    for (const value of draw(new Random('even'), 10_000)) {
      const i = Math.floor(value * 10);
      buckets[i] = (buckets[i] ?? Number.NaN) + 1;
    }
    expect(Math.min(...buckets)).toBeGreaterThan(900);
    expect(Math.max(...buckets)).toBeLessThan(1100);
  });

  it('draws integers from the first to the last, both included', () => {
    const random = new Random('dice');
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(-1, 4)));
    expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2, 3, 4]);
    expect(random.integer(3, 3)).toBe(3);
  });

  it('picks each of some', () => {
    const random = new Random('pick');
    const seen = new Set(Array.from({ length: 50 }, () => random.pick(['a', 'b', 'c'])));
    expect([...seen].sort()).toEqual(['a', 'b', 'c']);
  });

  it('refuses a choice of nothing, an empty range and a key that is no text', () => {
    const random = new Random('none');
    expect(() => random.pick([])).toThrow('something to choose from');
    expect(() => random.integer(2, 1)).toThrow('from low to high');
    expect(() => random.integer(0, 0.5)).toThrow('from low to high');
    expect(() => new Random('\ud800')).toThrow('well-formed');
  });
});
