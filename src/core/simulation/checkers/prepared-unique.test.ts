import { describe, expect, it } from 'vitest';

import { a, b, findingsIn, violation, voted } from './hand-made-trace.ts';
import { preparedUnique } from './prepared-unique.ts';

describe('prepared-unique', () => {
  it('[I2] finds two digests prepared in one view at one sequence number', () => {
    expect(
      findingsIn(preparedUnique(), [
        [1, voted('prepared', a)],
        [2, voted('prepared', b)],
      ]),
    ).toMatchObject([violation('prepared-unique', { sequence: 1, evidence: [0, 1] })]);
  });

  it('[I2] allows another digest in another view', () => {
    expect(
      findingsIn(preparedUnique(), [
        [1, voted('prepared', a, 0)],
        [2, voted('prepared', b, 1)],
      ]),
    ).toEqual([]);
  });
});
