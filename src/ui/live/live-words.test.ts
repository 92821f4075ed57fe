import { describe, expect, it } from 'vitest';

import { amountText, bytesText, msText } from './live-words.ts';

describe('numbers for reading', () => {
  it.for([
    [0, '0'],
    [5.238, '5.24'],
    [29, '29'],
    [29.04, '29.0'],
    [191.2, '191'],
    [12_345.6, '12 346'],
    [1_234_567, '1 234 567'],
  ] as const)('%d is written %s', ([value, text]) => {
    expect(amountText(value)).toBe(text);
  });

  it('of time and of storage have the unit that keeps them short', () => {
    expect([msText(7.348), msText(1500)]).toEqual(['7.35 ms', '1.50 s']);
    expect([bytesText(812), bytesText(81_200), bytesText(8_120_000)]).toEqual([
      '812 B',
      '81.2 KB',
      '8.12 MB',
    ]);
  });
});
