import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

interface Row {
  readonly id: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

/** The rows of the table under a heading. */
function tableUnder(heading: string): readonly Row[] {
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| (\S+) +\|[^|]*\|(.*)\|$/gm)]
    .map(([, id = '', where = '']) => ({
      id,
      tests: [...where.matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, file = '', title = '']) => ({
        file,
        title,
      })),
    }))
    .filter(({ tests }) => tests.length > 0);
}

/** The catalogue of pbft.md 2 by its ids, without A-P13 and A-C3, whose options are not built. */
const catalogued = [
  ...numbered('A-P', 17),
  ...numbered('A-B', 10),
  ...numbered('A-K', 8),
  ...numbered('A-V', 17),
  ...numbered('A-C', 8),
  '2.6',
  ...numbered('A-S', 9),
  ...numbered('A-X', 3),
].filter((id) => id !== 'A-P13' && id !== 'A-C3');

function numbered(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
}

/** A row of several numbers: `4-7`. */
function numbersOf({ id }: Row): readonly number[] {
  const [first = 0, last = first] = id.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function urlOf(file: string): URL {
  const source = file.startsWith('host/') ? '../../../' : '../../';
  return new URL(`${source}${file}`, import.meta.url);
}

/** What a table says of tests that is not so. */
function errorsIn(rows: readonly Row[]): readonly string[] {
  return rows.flatMap(({ id, tests }) =>
    tests.flatMap(({ file, title }) => {
      if (!existsSync(urlOf(file))) return [`${id}: there is no ${file}`];
      const source = readFileSync(urlOf(file), 'utf8').replaceAll("\\'", "'");
      return source.includes(title) ? [] : [`${id}: ${file} has no test "${title}"`];
    }),
  );
}

describe('the catalogue of attacks', () => {
  it('is complete: each id stands in its table once, with a test that exists', () => {
    const rows = tableUnder('The catalogue');

    expect(rows.map(({ id }) => id).toSorted()).toEqual(catalogued.toSorted());
    expect(errorsIn(rows)).toEqual([]);
  });

  it.each([
    ['Bugs that others had', 24],
    ['The tests of the reference system', 77],
    ['The defects of the reference system', 21],
  ] as const)('has a test for each of "%s"', (heading, count) => {
    const rows = tableUnder(heading);

    expect(rows.flatMap(numbersOf)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    expect(errorsIn(rows)).toEqual([]);
  });
});
