import { describe, expect, it } from 'vitest';

import type { Happening } from '#core/simulation/trace.ts';

import { a, executed, findingsIn, violation, voted } from './hand-made-trace.ts';
import { monotone } from './monotone.ts';

const stable: Happening = { type: 'stable', sequence: 8, digest: a, signers: [0, 1, 2] };
const requested: Happening = {
  type: 'requested',
  client: 0,
  index: 0,
  timestamp: 1,
  operation: '',
};

describe('monotone', () => {
  it.each<[string, Happening, Happening]>([
    ['view', voted('prepared', a, 1), voted('prepared', a, 0)],
    ['last executed sequence number', executed(2), executed(1)],
    ['execution counter', executed(1), { ...executed(2), executed: 0 }],
    ['low watermark', stable, { ...stable, sequence: 0 }],
    ['timestamp', requested, requested],
    ['recovered state', executed(2), { type: 'recovered', incarnation: 1, lastExecuted: 1 }],
  ])('[I10] finds a %s that goes back', (_, before, after) => {
    expect(
      findingsIn(monotone(), [
        [1, before],
        [1, after],
      ]),
    ).toMatchObject([violation('monotone', { evidence: [0, 1] })]);
  });

  it('[I10] compares nobody with anybody else', () => {
    expect(
      findingsIn(monotone(), [
        [1, executed(2)],
        [2, executed(1)],
      ]),
    ).toEqual([]);
  });
});
