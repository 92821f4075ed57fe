import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { compiledText } from './compiled-text.ts';

const FILE = 'core/persistent/samples/travel-agent.ts';
const SOURCE = readFileSync(
  fileURLToPath(new URL('../samples/travel-agent.ts', import.meta.url)),
  'utf8',
);

describe('the compiled text', () => {
  it('says for every await of the author where it suspends', () => {
    const { code, awaits } = compiledText(SOURCE, FILE);
    const authored = SOURCE.split('\n').flatMap((line, i) =>
      line.includes('await ') && !line.includes('*') ? i + 1 : [],
    );
    const compiled = code.split('\n');

    expect(awaits.map(({ line }) => line)).toEqual(authored);
    expect(awaits.map(({ compiledLine }) => compiled[compiledLine - 1]?.trim())).toEqual([
      expect.stringContaining("$aw($, 1, external('reserve funds'"),
      expect.stringContaining("$aw($, 2, external('book flight'"),
      expect.stringContaining("$aw($, 3, external('book hotel'"),
      expect.stringContaining("$aw($, 4, external('deduct funds'"),
      expect.stringContaining('$aw($, 5, $.compensate()'),
    ]);
  });
});
