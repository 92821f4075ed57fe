import { describe, expect, it } from 'vitest';

import { boundedMemory } from './bounded-memory.ts';
import { emptyReplica, findingsInside, violation } from './hand-made-trace.ts';

const vote = { signer: 1, digest: '', counts: true };
const slot = {
  view: 0,
  sequence: 1,
  operations: [],
  state: 'waiting' as const,
  prepares: [],
  commits: [],
};
const request = { client: 0, timestamp: 1, operation: '' };
const checkpoint = { sequence: 8, digest: '', signers: [], stable: false };

describe('bounded-memory', () => {
  it.each([
    ['slots', { slots: Array.from({ length: 33 }, () => slot) }],
    ['pending requests', { pending: [request, request, request] }],
    ['checkpoints', { checkpoints: Array.from({ length: 30 }, () => checkpoint) }],
    ...Object.keys(emptyReplica.memory).map((part): [string, object] => [
      part,
      { memory: { ...emptyReplica.memory, [part]: 5000 } },
    ]),
    ['votes', { slots: [{ ...slot, prepares: Array.from({ length: 300 }, () => vote) }] }],
  ])('[I16] finds too many %s', (_, inspection) => {
    expect(findingsInside(boundedMemory(), [], inspection)).toMatchObject([
      violation('bounded-memory', { evidence: [] }),
    ]);
  });

  it('[I16] is content with a full window', () => {
    const slots = Array.from({ length: 16 }, () => ({
      ...slot,
      prepares: [vote, vote],
      commits: [vote, vote],
    }));

    expect(findingsInside(boundedMemory(), [], { slots, pending: [request, request] })).toEqual([]);
  });
});
