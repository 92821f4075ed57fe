import { describe, expect, it } from 'vitest';

import { contiguousExecution } from './contiguous-execution.ts';
import { executed, findingsIn, violation } from './hand-made-trace.ts';

describe('contiguous-execution', () => {
  it('[I4] finds a gap', () => {
    expect(
      findingsIn(contiguousExecution(), [
        [1, executed(1)],
        [1, executed(3)],
      ]),
    ).toMatchObject([violation('contiguous-execution', { sequence: 3, evidence: [0, 1] })]);
  });

  it('[I4] finds a sequence number executed again after a restart', () => {
    const restarted = { type: 'restarted', incarnation: 1, disk: 'kept' } as const;

    expect(
      findingsIn(contiguousExecution(), [
        [1, executed(1)],
        [1, restarted],
        [1, executed(1)],
      ]),
    ).toHaveLength(1);
  });

  it('[I4] exempts a replica that lost commits', () => {
    const restarted = { type: 'restarted', incarnation: 1, disk: 'corrupt' } as const;

    expect(
      findingsIn(contiguousExecution(), [
        [1, executed(1)],
        [1, restarted],
        [1, executed(1)],
      ]),
    ).toEqual([]);
  });
});
