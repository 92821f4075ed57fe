import { describe, expect, it } from 'vitest';

import { a, b, findingsIn, violation, voted } from './hand-made-trace.ts';
import { viewPreserved } from './view-preserved.ts';

describe('view-preserved', () => {
  it.each([
    [
      'after',
      [
        [1, voted('committed', a, 0)],
        [2, voted('prepared', b, 1)],
      ],
    ],
    [
      'before',
      [
        [2, voted('prepared', b, 1)],
        [1, voted('committed', a, 0)],
      ],
    ],
  ] as const)(
    '[I3] finds another digest prepared in a later view, reported %s the commit',
    (_, trace) => {
      expect(findingsIn(viewPreserved(), trace)).toMatchObject([
        violation('view-preserved', { sequence: 1, evidence: [0, 1] }),
      ]);
    },
  );

  it('[I3] allows the same digest in a later view, and another one in an earlier view', () => {
    const trace = [
      [1, voted('prepared', b, 0)],
      [1, voted('committed', a, 1)],
      [2, voted('prepared', a, 2)],
    ] as const;

    expect(findingsIn(viewPreserved(), trace)).toEqual([]);
  });
});
