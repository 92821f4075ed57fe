import { describe, expect, it } from 'vitest';

import { numberDrawn } from './number-drawn.ts';

function first(seed: string, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => numberDrawn({ seed, index }));
}

/** How many fall into each tenth of [0, 1). */
function tenths(values: readonly number[]): readonly number[] {
  return Array.from(
    { length: 10 },
    (_, tenth) => values.filter((value) => Math.floor(value * 10) === tenth).length,
  );
}

describe('[R5] random numbers', () => {
  it('are the same for the same seed, in every host and version', () => {
    expect(first('door/1', 3)).toMatchInlineSnapshot(`
      [
        0.24175252495298272,
        0.6913708359635314,
        0.15497432459167615,
      ]
    `);
  });

  it('are told by their index alone', () => {
    const [, , third] = first('door/1', 3);
    expect(numberDrawn({ seed: 'door/1', index: 2 })).toBe(third);
  });

  it('differ between seeds and indices that are all but the same', () => {
    const seeds = ['', 'a', 'b', 'ab', 'ba', 'a/1', 'a/2', 'a/10', '\u0000', '\ud800'];
    const values = seeds.flatMap((seed) => first(seed, 100));
    expect(new Set(values).size).toBe(seeds.length * 100);
    expect(numberDrawn({ seed: 'a', index: 2 ** 32 })).not.toBe(first('a', 1)[0]);
  });

  it('fall evenly, one by one, in neighbours and from seed to seed', () => {
    const one = first('even', 10_000);
    const distances = one.map((value, i) => (value - (one[i - 1] ?? 0) + 1) % 1);
    const seeds = Array.from({ length: 10_000 }, (_, i) =>
      numberDrawn({ seed: `replica ${i}`, index: 0 }),
    );
    for (const values of [one, distances, seeds]) {
      const counts = tenths(values);
      expect(Math.min(...counts)).toBeGreaterThan(900);
      expect(Math.max(...counts)).toBeLessThan(1100);
    }
  });
});
