import { describe, expect, it } from 'vitest';

import type { Happening } from '#core/simulation/trace.ts';

import { findingsAtTheEnd, violation, type Written } from './hand-made-trace.ts';
import { linearizable } from './linearizable.ts';

function called(client: number, operation: string): Written {
  return [`c${client}`, { type: 'requested', client, index: 0, timestamp: 1, operation }];
}

function answered(client: number, result: string): Written {
  const about = { client, index: 0, timestamp: 1, view: 0, signers: [0, 1] };
  const happening: Happening = { type: 'answered', ...about, result };
  return [`c${client}`, happening];
}

const write = '{"put":["x","1"]}';
const read = '{"get":"x"}';

describe('linearizable', () => {
  it('[I6] finds a read that misses a write answered before it began', () => {
    const trace = [called(0, write), answered(0, 'ok'), called(1, read), answered(1, '')];

    expect(findingsAtTheEnd(linearizable(), trace)).toMatchObject([violation('linearizable', {})]);
  });

  it('[I6] allows the read to see the write', () => {
    const trace = [called(0, write), answered(0, 'ok'), called(1, read), answered(1, '1')];

    expect(findingsAtTheEnd(linearizable(), trace)).toEqual([]);
  });

  it('[I6] allows a read of an operation that was never answered', () => {
    const trace = [called(0, write), called(1, read), answered(1, '1')];

    expect(findingsAtTheEnd(linearizable(), trace)).toEqual([]);
  });
});
