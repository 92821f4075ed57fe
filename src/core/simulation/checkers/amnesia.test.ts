import { describe, expect, it } from 'vitest';

import { amnesia } from './amnesia.ts';
import { byzantine, findingsIn, sent, violation, type Written } from './hand-made-trace.ts';

const learner: Written = [0, { type: 'learner', why: 'empty-store' }];

describe('amnesia', () => {
  it('is broken by a learner that votes', () => {
    expect(findingsIn(amnesia(), [learner, [0, sent({ kind: 'prepare', signer: 0 })]])).toEqual([
      violation('amnesia', { sequence: 1, evidence: [0, 1], says: expect.any(String) }),
    ]);
  });

  it.each([
    ['a vote before it learned', [[0, sent({ kind: 'prepare', signer: 0 })], learner]],
    ['a vote of another that it forwards', [learner, [0, sent({ kind: 'prepare', signer: 1 })]]],
    ['a CHECKPOINT', [learner, [0, sent({ kind: 'checkpoint', signer: 0 })]]],
    ['a Byzantine replica', [[0, byzantine], learner, [0, sent({ kind: 'commit', signer: 0 })]]],
  ] satisfies readonly (readonly [string, readonly Written[]])[])(
    'does not speak of %s',
    (_, events) => {
      expect(findingsIn(amnesia(), events)).toEqual([]);
    },
  );
});
