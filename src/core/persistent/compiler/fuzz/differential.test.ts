import { describe, expect, it } from 'vitest';

import { differencesOf, FORMS } from './differences.ts';

/** More of them: `npm run -s fuzz -- --programs 20000 --seed 1`. */
const PROGRAMS = 500;
const GROUP = 25;
const GROUP_MS_MAX = 60_000;
const forms = new Map<string, number>();

describe('[C1] compiled programs', () => {
  for (let from = 1; from <= PROGRAMS; from += GROUP) {
    it(
      `seeds ${from} to ${from + GROUP - 1}: run as natively, whenever they are killed`,
      { timeout: GROUP_MS_MAX },
      async () => {
        for (let seed = from; seed < from + GROUP; seed++) {
          expect(await differencesOf(seed, forms)).toEqual({});
        }
      },
    );
  }

  it('use every form of statement and expression', () => {
    const table = [...forms].toSorted(([a], [b]) => a.localeCompare(b));
    process.stdout.write(`${table.map(([form, n]) => `${n} ${form}`).join(', ')}\n`);
    expect(table.length).toBe(FORMS);
  });
});
