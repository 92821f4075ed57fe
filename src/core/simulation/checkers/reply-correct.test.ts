import { describe, expect, it } from 'vitest';

import type { Happening } from '#core/simulation/trace.ts';

import { a, executed, findingsIn, violation } from './hand-made-trace.ts';
import { replyCorrect } from './reply-correct.ts';

function answered(result: string): Happening {
  return { type: 'answered', client: 0, index: 0, timestamp: 1, result, view: 0, signers: [0, 1] };
}

describe('reply-correct', () => {
  it('[I15] finds an answer that is not the result of the agreed sequence', () => {
    expect(
      findingsIn(replyCorrect(), [
        [1, executed(1)],
        ['c0', answered('2')],
      ]),
    ).toMatchObject([violation('reply-correct', { evidence: [1] })]);
  });

  it('[I15] believes its own copy of the service, not what replicas say the result was', () => {
    const trace = [
      [1, executed(1, a, { result: 'wrong' })],
      ['c0', answered('wrong')],
    ] as const;

    expect(findingsIn(replyCorrect(), trace)).toHaveLength(1);
  });

  it('[I15] finds an answer to what has not been executed', () => {
    expect(findingsIn(replyCorrect(), [['c0', answered('ok')]])).toHaveLength(1);
  });

  it('[I15] allows the right answer', () => {
    expect(
      findingsIn(replyCorrect(), [
        [1, executed(1)],
        ['c0', answered('ok')],
      ]),
    ).toEqual([]);
  });
});
