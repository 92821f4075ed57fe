import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { compiledText } from '#core/persistent/compiler/compiled-text.ts';
import { catalogue } from '#core/persistent/samples/catalogue.ts';

import { compiledLineOf, loadProgramText } from './program-text.ts';

describe('the text of a program', () => {
  it.each(catalogue)('$name is its file, and what the compiler makes of it', async ({ file }) => {
    const { source, compiled } = await loadProgramText(file);

    expect(source).toBe(readFileSync(`src/${file}`, 'utf8'));
    expect(compiled).toEqual(compiledText(source, file));
  });

  it('has a compiled line for each await, found by its place', async () => {
    const { compiled } = await loadProgramText('core/persistent/samples/ping-pong.ts');
    const lines = compiled.code.split('\n');

    for (const { line, column, compiledLine } of compiled.awaits) {
      expect(compiledLineOf(compiled, { line, column })).toBe(compiledLine);
      expect(lines[compiledLine - 1]).toContain('$aw($, ');
    }
    expect(compiledLineOf(compiled, { line: 1, column: 1 })).toBeUndefined();
  });
});
