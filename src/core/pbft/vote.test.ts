import { describe, expect, it } from 'vitest';

import type { Prepare, Signed } from './message.ts';
import { digestOf, prepareFrom, sample } from './sample-messages.ts';
import type { ReplicaId } from './terms.ts';
import { replicaId, view } from './terms.ts';
import { distinctVotes, fileVote, mayPrepare } from './vote.ts';

const undeduplicated = { ...sample, ablation: ['no-vote-deduplication'] };

function store(): Map<ReplicaId, Signed<Prepare>> {
  return new Map();
}

describe('vote store', () => {
  it('[N16] keeps the first vote of each signer', () => {
    const votes = store();
    const filed = [
      prepareFrom(1),
      prepareFrom(1),
      prepareFrom(1, { digest: digestOf('e') }),
      prepareFrom(2),
    ].map((vote) => fileVote(sample, votes, vote));
    expect(filed).toEqual([true, false, false, true]);
    expect([...votes]).toEqual([
      [1, prepareFrom(1)],
      [2, prepareFrom(2)],
    ]);
  });

  it('[N28] counts a replica twice where deduplication is left out', () => {
    const votes = store();
    expect(fileVote(undeduplicated, votes, prepareFrom(1))).toBe(true);
    expect(fileVote(undeduplicated, votes, prepareFrom(1))).toBe(true);
    expect(votes.size).toBe(2);
  });
});

describe('distinct votes', () => {
  it('[N16] are the first of each signer', () => {
    const other = prepareFrom(1, { digest: digestOf('e') });
    expect(distinctVotes(sample, [prepareFrom(1), other, prepareFrom(2), prepareFrom(1)])).toEqual([
      prepareFrom(1),
      prepareFrom(2),
    ]);
  });

  it.each([
    { why: 'no replica', vote: prepareFrom(4) },
    { why: 'a client', vote: prepareFrom(1, { signer: 'c0' }) },
    { why: 'another replica', vote: prepareFrom(1, { signer: 2 }) },
  ])('[N16] leave out what $why signed', ({ vote }) => {
    expect(distinctVotes(sample, [vote])).toEqual([]);
  });

  it('[N16] of a signer are not blocked by what another said in its name', () => {
    const forged = prepareFrom(1, { signer: 3, digest: digestOf('e') });
    expect(distinctVotes(sample, [forged, prepareFrom(1)])).toEqual([prepareFrom(1)]);
  });

  it('[N28] count a replica twice where deduplication is left out', () => {
    expect(distinctVotes(undeduplicated, [prepareFrom(1), prepareFrom(1)])).toHaveLength(2);
  });
});

describe('who may prepare', () => {
  it.each([
    { replica: 0, of: 0, may: false },
    { replica: 1, of: 0, may: true },
    { replica: 0, of: 1, may: true },
    { replica: 1, of: 5, may: false },
  ])('[N10] replica $replica in view $of: $may', ({ replica, of, may }) => {
    expect(mayPrepare(sample, view(of), replicaId(replica))).toBe(may);
  });
});
