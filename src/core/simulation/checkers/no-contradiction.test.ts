import { describe, expect, it } from 'vitest';

import { a, b, byzantine, findingsIn, sent, violation } from './hand-made-trace.ts';
import { noContradiction } from './no-contradiction.ts';

const restarted = { type: 'restarted', incarnation: 1, disk: 'kept' } as const;

describe('no-contradiction', () => {
  it.each([
    ['pre-prepare', 'pre-prepare'],
    ['prepare', 'prepare'],
    ['commit', 'commit'],
    ['prepare', 'commit'],
    ['pre-prepare', 'commit'],
    ['checkpoint', 'checkpoint'],
  ] as const)(
    '[I9] finds a replica that signs %s and %s with two digests, across a restart too',
    (first, second) => {
      const trace = [
        [2, sent({ kind: first, signer: 2, digest: a })],
        [2, restarted],
        [2, sent({ kind: second, signer: 2, digest: b })],
      ] as const;

      expect(findingsIn(noContradiction(), trace)).toMatchObject([
        violation('no-contradiction', { sequence: 1, evidence: [0, 2] }),
      ]);
    },
  );

  it('[I9] allows the same again, another slot, and what somebody else signed', () => {
    const trace = [
      [2, sent({ kind: 'prepare', signer: 2, digest: a })],
      [2, sent({ kind: 'prepare', signer: 2, digest: a })],
      [2, sent({ kind: 'prepare', signer: 2, digest: b, sequence: 2 })],
      [2, sent({ kind: 'pre-prepare', signer: 0, digest: b })],
      [2, sent({ kind: 'checkpoint', signer: 2, digest: b })],
    ] as const;

    expect(findingsIn(noContradiction(), trace)).toEqual([]);
  });

  it('[I9] lets a Byzantine replica contradict itself', () => {
    const trace = [
      [2, byzantine],
      [2, sent({ kind: 'prepare', signer: 2, digest: a })],
      [2, sent({ kind: 'prepare', signer: 2, digest: b })],
    ] as const;

    expect(findingsIn(noContradiction(), trace)).toEqual([]);
  });
});
