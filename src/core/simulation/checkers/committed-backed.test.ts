import { describe, expect, it } from 'vitest';

import { committedBacked } from './committed-backed.ts';
import { a, byzantine, findingsIn, violation, voted } from './hand-made-trace.ts';

describe('committed-backed', () => {
  it('[I13] finds a commit with fewer than Q - f correct replicas prepared', () => {
    expect(
      findingsIn(committedBacked(), [
        [1, voted('prepared')],
        [1, voted('committed')],
      ]),
    ).toMatchObject([violation('committed-backed', { sequence: 1, evidence: [1] })]);
  });

  it('[I13] does not count a Byzantine replica, nor what was never written', () => {
    const trace = [
      [0, byzantine],
      [0, voted('prepared')],
      [2, voted('prepared'), 'lost'],
      [1, voted('prepared')],
      [1, voted('committed')],
    ] as const;

    expect(findingsIn(committedBacked(), trace)).toHaveLength(1);
  });

  it('[I13] is content with Q - f prepared, or past it by a stable checkpoint', () => {
    const stable = { type: 'stable', sequence: 8, digest: a, signers: [0, 1, 2] } as const;

    expect(
      findingsIn(committedBacked(), [
        [1, voted('prepared')],
        [2, voted('prepared')],
        [3, voted('committed')],
      ]),
    ).toEqual([]);
    expect(
      findingsIn(committedBacked(), [
        [1, voted('prepared')],
        [2, stable],
        [3, voted('committed')],
      ]),
    ).toEqual([]);
  });
});
