import { describe, expect, it } from 'vitest';

import { inked } from './inked.ts';

describe('inked code', () => {
  it('loses nothing', () => {
    const line = "    const m = await this.x.where((m) => m === 'await').next(); // await";

    expect(
      inked(line)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
  });

  it('tells awaits, strings, comments and the runtime apart', () => {
    expect(inked("await a('await $b') /* c")).toEqual([
      { text: 'await', ink: 'await' },
      { text: ' a(', ink: 'plain' },
      { text: "'await $b'", ink: 'string' },
      { text: ') ', ink: 'plain' },
      { text: '/* c', ink: 'comment' },
    ]);
    expect(inked(' * words')).toEqual([{ text: ' * words', ink: 'comment' }]);
    expect(inked('$aw($, 1)')).toEqual([
      { text: '$aw', ink: 'runtime' },
      { text: '(', ink: 'plain' },
      { text: '$', ink: 'runtime' },
      { text: ', 1)', ink: 'plain' },
    ]);
  });
});
