import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { stepSchema } from '#core/simulation/step-schema.ts';
import { parameterNames } from '#lab/url-parameters.ts';

import { shortcutList } from './frame/shortcut-list.ts';
import { diagramNames } from './space-time/diagram-name.ts';

const root = new URL('../..', import.meta.url);

/** The text of every file of a folder, by its path below the folder, if its name ends so. */
function textsIn(folder: string, ends: string): ReadonlyMap<string, string> {
  const at = new URL(`${folder}/`, root);
  const names = readdirSync(at, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(ends),
  );
  return new Map(names.map((name) => [name, readFileSync(new URL(name, at), 'utf8')]));
}

const specs = textsIn('e2e', '.spec.ts');
/** The corner and the live dashboard have page objects of their own. */
const components = [...textsIn('src/ui', '.tsx')].filter(
  ([name]) => !/^(?:corner|live)\b/.test(name),
);

interface Row {
  readonly kind: string;
  readonly name: string;
  readonly spec: string;
  readonly title: string;
}

/** The rows of the table. */
function rows(): readonly Row[] {
  const text = readFileSync(new URL('e2e/coverage.md', root), 'utf8');
  return [...text.matchAll(/^\| (\w+) \| `(.+)` \| `([\w-]+)`: (.+) \|$/gm)].map(
    ([, kind = '', name = '', spec = '', title = '']) => ({ kind, name, spec, title }),
  );
}

function named(kind: string): readonly string[] {
  return rows().flatMap((row) => (row.kind === kind ? [row.name] : []));
}

/** The fields of a step that are one of some words: their words. */
function wordsOf(step: string, field: 'point' | 'disk'): readonly string[] {
  const schema = stepSchema.options.find(({ entries }) => entries.do.literal === step);
  const text = JSON.stringify(schema?.entries ?? {}, (_, value: unknown) => value);
  const entries: Readonly<Record<string, { wrapped?: { options?: readonly string[] } }>> =
    JSON.parse(text);
  return entries[field]?.wrapped?.options ?? [];
}

/** What a component calls the tabs of a process. */
function tabNames(): readonly string[] {
  const [, text = ''] = components.find(([name]) => name.endsWith('process-inspector.tsx')) ?? [];
  return [...text.matchAll(/name: '(\w+)'/g)].map(([, name = '']) => name);
}

/** What can be selected, each with an inspector of its own. */
function inspectorNames(): readonly string[] {
  const [, text = ''] = components.find(([name]) => name === 'inspector/inspector.tsx') ?? [];
  return [...text.matchAll(/import\('\.\/([\w-]+)\.tsx'\)/g)].map(([, name = '']) => name);
}

describe('e2e/coverage.md', () => {
  it('has every key of the help', () => {
    expect(named('shortcut').toSorted()).toEqual(shortcutList.map(([key]) => key).toSorted());
  });

  it('has every parameter of the address', () => {
    expect(named('parameter').toSorted()).toEqual([...parameterNames].toSorted());
  });

  it('has every view: below the stage, in the tabs of a process, of what is selected', () => {
    const views = [...diagramNames, ...tabNames(), ...inspectorNames()];
    expect(views.length).toBeGreaterThan(12);

    expect(named('view').toSorted()).toEqual([...new Set(views)].toSorted());
  });

  it('has every step of a scenario, every point of a crash and every disk of a restart', () => {
    const faults = [
      ...stepSchema.options.map(({ entries }) => entries.do.literal),
      ...wordsOf('crash', 'point'),
      ...wordsOf('restart', 'disk'),
    ];
    expect(faults.length).toBeGreaterThan(28);

    expect(named('fault').toSorted()).toEqual([...new Set(faults)].toSorted());
  });

  it('names tests that there are', () => {
    const gone = rows().filter(
      ({ spec, title }) => specs.get(`${spec}.spec.ts`)?.includes(title) !== true,
    );

    expect(gone).toEqual([]);
  });
});

it('the README names tests for all that it says this lab has beside other tools', () => {
  const [, text = ''] = readFileSync(new URL('README.md', root), 'utf8').split('## Beside other');
  const [table = ''] = text.split('\n## ');
  const named = [...table.matchAll(/^\| [^|]+ \| `([\w-]+)`: ([^|]+) \|/gm)];
  expect(named).toHaveLength((table.match(/^\| \w/gm) ?? []).length);
  expect(named.length).toBeGreaterThan(12);
  for (const [, spec = '', title = ''] of named) {
    expect(specs.get(`${spec}.spec.ts`) ?? `no ${spec}`).toContain(title);
  }
});

it('the help has every key that the page listens to', () => {
  const spoken: Readonly<Record<string, string>> = {
    ' ': 'Space',
    ArrowRight: '→',
    ArrowLeft: '←',
    ArrowDown: '↓',
    Escape: 'Esc',
  };
  const listeners = ['frame/use-shortcuts.ts', 'frame/time-keys.ts', 'frame/presenter.tsx'];
  const keys = listeners.flatMap((name) => {
    const text = readFileSync(new URL(`src/ui/${name}`, root), 'utf8');
    return [...text.matchAll(/case '(.{1,10})':/g)].map(([, key = '']) => key);
  });
  expect(keys.length).toBeGreaterThan(15);

  const help = shortcutList.map(([key]) => key);
  for (const key of keys) {
    expect(help).toContain(spoken[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  }
});

it('every control that has a test id is spoken of in a test', () => {
  const ids = components.flatMap(([, text]) =>
    [...text.matchAll(/data-testid="([\w-]+)"/g)].map(([, id = '']) => id),
  );
  expect(ids.length).toBeGreaterThan(40);
  const tests = [...textsIn('e2e', '.ts').values()].join('\n');
  const unspoken = ids.filter((id) => !new RegExp(`['"\`]${id}['"\`]`).test(tests));

  expect(unspoken).toEqual([]);
});
