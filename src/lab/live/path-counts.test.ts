import { describe, expect, it } from 'vitest';

import { pathCounts } from './path-counts.ts';

/** M(n, b) of pbft.md 5.1, which leaves checkpoints out. */
const table = [
  { n: 4, batch: 1, messages: 29 },
  { n: 4, batch: 10, messages: 7.4 },
  { n: 4, batch: 100, messages: 5.24 },
  { n: 7, batch: 1, messages: 92 },
  { n: 7, batch: 10, messages: 16.4 },
  { n: 7, batch: 100, messages: 8.84 },
  { n: 10, batch: 1, messages: 191 },
  { n: 10, batch: 10, messages: 29 },
  { n: 10, batch: 100, messages: 12.8 },
];

describe('counts of the fault-free path', () => {
  it.for(table)(
    '[5.1] $n replicas take $messages messages a request in batches of $batch',
    ({ n, batch, messages }) => {
      const never = Number.POSITIVE_INFINITY;

      expect(pathCounts({ n, batch, checkpointInterval: never }).messages).toBeCloseTo(messages, 9);
    },
  );

  it('[5.1] of four replicas in batches of one are 8 signatures, a client’s and four replies', () => {
    const counts = pathCounts({
      n: 4,
      batch: 1,
      checkpointInterval: Number.POSITIVE_INFINITY,
    });

    expect(counts).toMatchObject({ signatures: 8 + 1 + 4, verifications: 24 + 4 + 4, commits: 8 });
  });

  it('[5.1] have n (n - 1) messages more for a checkpoint', () => {
    const batches = 8;
    const [none, all] = [Number.POSITIVE_INFINITY, batches].map((checkpointInterval) =>
      pathCounts({ n: 7, batch: 1, checkpointInterval }),
    );

    expect(batches * ((all?.messages ?? 0) - (none?.messages ?? 0))).toBeCloseTo(42, 9);
  });
});
