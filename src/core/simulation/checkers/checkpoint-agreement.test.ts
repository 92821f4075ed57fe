import { describe, expect, it } from 'vitest';

import { checkpointAgreement } from './checkpoint-agreement.ts';
import { a, b, byzantine, findingsIn, violation } from './hand-made-trace.ts';

describe('checkpoint-agreement', () => {
  it('[I8] finds two digests at one checkpoint', () => {
    const trace = [
      [1, { type: 'checkpoint', sequence: 8, digest: a }],
      [2, { type: 'stable', sequence: 8, digest: b, signers: [0, 1, 2] }],
    ] as const;

    expect(findingsIn(checkpointAgreement(), trace)).toMatchObject([
      violation('checkpoint-agreement', { sequence: 8, evidence: [0, 1] }),
    ]);
  });

  it('[I8] lets a Byzantine replica say what it likes', () => {
    const trace = [
      [0, byzantine],
      [0, { type: 'checkpoint', sequence: 8, digest: b }],
      [1, { type: 'checkpoint', sequence: 8, digest: a }],
    ] as const;

    expect(findingsIn(checkpointAgreement(), trace)).toEqual([]);
  });
});
