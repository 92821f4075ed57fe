import { describe, expect, it } from 'vitest';

import { agreement } from './agreement.ts';
import { a, b, byzantine, executed, findingsIn, violation } from './hand-made-trace.ts';

describe('agreement', () => {
  it('[I1] finds two correct replicas that execute different batches at one sequence number', () => {
    expect(
      findingsIn(agreement(), [
        [0, executed(1, a)],
        [1, executed(1, a)],
        [2, executed(1, b)],
      ]),
    ).toMatchObject([violation('agreement', { sequence: 1, evidence: [0, 2] })]);
  });

  it('[I1] says nothing of Byzantine replicas, nor of turns that were never written', () => {
    const trace = [
      [0, byzantine],
      [0, executed(1, b)],
      [1, executed(1, a)],
      [2, executed(1, b), 'lost'],
    ] as const;

    expect(findingsIn(agreement(), trace)).toEqual([]);
  });

  it('speaks once', () => {
    const trace = [
      [0, executed(1, a)],
      [1, executed(1, b)],
      [2, executed(1, b)],
    ] as const;

    expect(findingsIn(agreement(), trace)).toHaveLength(1);
  });
});
