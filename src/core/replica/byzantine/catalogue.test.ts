import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { behaviourCatalogue, behaviourEntry } from './catalogue.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the catalogue of behaviours', () => {
  it.each(behaviourCatalogue)(
    'the documentation tells of $of $name',
    ({ of, name, words, options }) => {
      const told = options.map((option) => `\`${option.name}\``).join(', ');

      expect(readme).toContain(`| \`${name}\` | ${of} | ${words} | ${told} |\n`);
    },
  );

  it.each(behaviourCatalogue)('says what $of $name does in one sentence', ({ words }) => {
    expect(words).toMatch(/^[A-Z][^.]+\.$/);
  });

  it('has each behaviour of a replica, and of a client, once', () => {
    const names = behaviourCatalogue.map(({ of, name }) => `${of} ${name}`);

    expect(new Set(names).size).toBe(names.length);
    expect(behaviourEntry('client', 'silent')).toBeUndefined();
  });

  it('offers choices where there is something to choose from', () => {
    const options = behaviourCatalogue.flatMap((entry) => entry.options);

    for (const { kind, choices } of options) {
      expect((choices ?? []).length > 1).toBe(kind === 'choice');
    }
  });
});
