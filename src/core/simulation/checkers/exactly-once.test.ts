import { describe, expect, it } from 'vitest';

import { exactlyOnce } from './exactly-once.ts';
import { a, executed, findingsIn, violation } from './hand-made-trace.ts';

describe('exactly-once', () => {
  it('[I5] finds a request that a replica applies twice', () => {
    expect(
      findingsIn(exactlyOnce(), [
        [1, executed(1)],
        [1, executed(2, a, { timestamp: 1 })],
      ]),
    ).toMatchObject([violation('exactly-once', { sequence: 2, evidence: [0, 1] })]);
  });

  it('[I5] finds a request with two results', () => {
    expect(
      findingsIn(exactlyOnce(), [
        [1, executed(1)],
        [2, executed(1, a, { result: 'no' })],
      ]),
    ).toMatchObject([violation('exactly-once', { sequence: 1, evidence: [0, 1] })]);
  });

  it('[I5] allows a duplicate that changes nothing', () => {
    const again = executed(2, a, { timestamp: 1, duplicate: true });

    expect(
      findingsIn(exactlyOnce(), [
        [1, executed(1)],
        [1, again],
      ]),
    ).toEqual([]);
  });
});
