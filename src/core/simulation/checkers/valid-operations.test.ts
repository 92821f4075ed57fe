import { describe, expect, it } from 'vitest';

import type { Happening } from '#core/simulation/trace.ts';

import { executed, findingsIn, put, sent, violation } from './hand-made-trace.ts';
import { validOperations } from './valid-operations.ts';

function request(text: string): Happening {
  return sent({ kind: 'request', signer: 'c0', client: 0, timestamp: 1, text });
}

describe('valid-operations', () => {
  it('[I7] finds an operation that its client never requested', () => {
    expect(findingsIn(validOperations(), [[1, executed(1)]])).toMatchObject([
      violation('valid-operations', { sequence: 1, evidence: [0] }),
    ]);
  });

  it('[I7] finds an operation other than the one requested', () => {
    expect(
      findingsIn(validOperations(), [
        ['c0', request('{"get":"x"}')],
        [1, executed(1)],
      ]),
    ).toHaveLength(1);
  });

  it('[I7] does not take a request from anybody but its client', () => {
    expect(
      findingsIn(validOperations(), [
        [3, request(put)],
        [1, executed(1)],
      ]),
    ).toHaveLength(1);
  });

  it('[I7] allows what the client has sent', () => {
    expect(
      findingsIn(validOperations(), [
        ['c0', request(put)],
        [1, executed(1)],
      ]),
    ).toEqual([]);
  });
});
