import { describe, expect, it } from 'vitest';

import type { Status } from './message.ts';
import {
  checkpointFrom,
  commitFrom,
  dataFrom,
  prePrepareFrom,
  prepareFrom,
  requestFrom,
  sampleBatch,
  sampleDigest,
  standingOf,
  statusFrom,
} from './sample-messages.ts';
import type { Standing } from './standing.ts';
import type { DecisionHoldings, Holdings, SlotHoldings } from './status-answer.ts';
import { answerBytesMax, whatLacks } from './status-answer.ts';
import { sequenceNumber, view } from './terms.ts';

const me = 1;

function slotAt(sequence: number): SlotHoldings {
  return {
    prePrepare: prePrepareFrom(0, { sequence }),
    batch: sampleBatch,
    prepares: [prepareFrom(1, { sequence }), prepareFrom(2, { sequence })],
    commits: [0, 1, 2].map((i) => commitFrom(i, { sequence })),
  };
}

function decisionAt(sequence: number): DecisionHoldings {
  const commits = [0, 1, 2].map((i) => commitFrom(i, { sequence }));
  const [first] = commits;
  return {
    certificate: {
      view: view(0),
      sequence: sequenceNumber(sequence),
      digest: sampleDigest,
      commits,
    },
    batch: first ? sampleBatch : [],
  };
}

interface Otherwise extends Partial<Omit<Holdings, 'standing' | 'slot' | 'decision'>> {
  readonly standing?: Partial<Omit<Standing, 'id'>>;
  readonly slots?: readonly number[];
  readonly decided?: readonly number[];
}

/** What replica 1 holds: nothing, unless the test says so. */
function holding({ standing, slots = [], decided = [], ...others }: Otherwise): Holdings {
  return {
    standing: standingOf(me, standing),
    checkpoints: [],
    slot: (sequence) => (slots.includes(sequence) ? slotAt(sequence) : undefined),
    decision: (sequence) => (decided.includes(sequence) ? decisionAt(sequence) : undefined),
    ...others,
  };
}

/** The answers in short: `prepare 1 of 2` is the PREPARE of replica 2 at sequence number 1. */
function told(status: Status, mine: Holdings): readonly string[] {
  return whatLacks(status, mine).map(({ packet: { signed, batch } }) => {
    const sequence = 'sequence' in signed.body ? signed.body.sequence : '';
    return `${signed.body.type} ${sequence} of ${signed.signer}${batch ? ' with batch' : ''}`;
  });
}

const nothing = statusFrom(3).body;
const executed = (count: number): Partial<Omit<Standing, 'id'>> => ({
  lastExecuted: sequenceNumber(count),
});

describe('answer to a status', () => {
  it('[N24] of one that has nothing is every message of the open slots, also those of others', () => {
    expect(told(nothing, holding({ slots: [1] }))).toEqual([
      'pre-prepare 1 of 0 with batch',
      'prepare 1 of 1',
      'prepare 1 of 2',
      'commit 1 of 0',
      'commit 1 of 1',
      'commit 1 of 2',
    ]);
  });

  it.each<{ why: string; status: Status; told: readonly string[] }>([
    {
      why: 'is pre-prepared',
      status: statusFrom(3, { prePrepared: [1] }).body,
      told: ['prepare 1 of 1', 'prepare 1 of 2', 'commit 1 of 0', 'commit 1 of 1', 'commit 1 of 2'],
    },
    {
      why: 'is prepared',
      status: statusFrom(3, { prePrepared: [1], prepared: [1] }).body,
      told: ['commit 1 of 0', 'commit 1 of 1', 'commit 1 of 2'],
    },
    {
      why: 'is committed',
      status: statusFrom(3, { prePrepared: [1], prepared: [1], committed: [1] }).body,
      told: [],
    },
    { why: 'has executed', status: statusFrom(3, { lastExecuted: 1 }).body, told: [] },
  ])('[N24] leaves out what one that $why has', ({ status, told: expected }) => {
    expect(told(status, holding({ slots: [1] }))).toEqual(expected);
  });

  it('[N24] never gives a replica its own messages back', () => {
    expect(told(statusFrom(2).body, holding({ slots: [1] }))).toEqual([
      'pre-prepare 1 of 0 with batch',
      'prepare 1 of 1',
      'commit 1 of 0',
      'commit 1 of 1',
    ]);
  });

  it.each<{ why: string; status: Status }>([
    { why: 'of another view', status: statusFrom(3, { view: 1 }).body },
    { why: 'that changes views', status: statusFrom(3, { phase: 'changing-view' }).body },
    { why: 'that is a learner', status: statusFrom(3, { phase: 'learner' }).body },
  ])('[N24] to one $why is decisions, not votes', ({ status }) => {
    const mine = holding({ standing: executed(1), slots: [1, 2], decided: [1] });
    expect(told(status, mine)).toEqual(['data 1 of 1']);
  });

  it('[N24] is a decided slot whole, also from the archive, with a certificate that decides', () => {
    const standing = { ...executed(9), lowWatermark: sequenceNumber(8) };
    const answers = whatLacks(nothing, holding({ standing, decided: [7, 8, 9] }));
    expect(answers.map(({ packet }) => packet.signed.body)).toEqual(
      [7, 8, 9].map((sequence) => dataFrom(me, { sequence }).body),
    );
    expect(answers.map(({ packet }) => packet.signed.signature)).toEqual(['own', 'own', 'own']);
  });

  it('[N24] is votes for a slot decided without a certificate', () => {
    const mine: Holdings = {
      ...holding({ standing: executed(1), slots: [1] }),
      decision: () => ({
        ...decisionAt(1),
        certificate: { ...decisionAt(1).certificate, commits: [] },
      }),
    };
    expect(told(nothing, mine)).toContain('pre-prepare 1 of 0 with batch');
  });

  it('[N24] has the proof of my stable checkpoint, and what I know above it', () => {
    const stable = {
      sequence: sequenceNumber(8),
      digest: checkpointFrom(0).body.digest,
      checkpoints: [0, 1, 2].map((i) => checkpointFrom(i)),
    };
    const standing = { ...executed(16), lowWatermark: sequenceNumber(8) };
    const checkpoints = [checkpointFrom(1, { sequence: 16 }), checkpointFrom(3, { sequence: 16 })];
    const mine = holding({ standing, stable, checkpoints });
    expect(told(nothing, mine)).toEqual([
      'checkpoint 8 of 0',
      'checkpoint 8 of 1',
      'checkpoint 8 of 2',
      'checkpoint 16 of 1',
    ]);
    expect(told(statusFrom(0, { lowWatermark: 8, lastExecuted: 16 }).body, mine)).toEqual([
      'checkpoint 16 of 1',
      'checkpoint 16 of 3',
    ]);
  });

  it('[N24] to one that is a window behind is the stable proof only: it must fetch the state', () => {
    const stable = {
      sequence: sequenceNumber(24),
      digest: checkpointFrom(0).body.digest,
      checkpoints: [0, 1, 2].map((i) => checkpointFrom(i, { sequence: 24 })),
    };
    const standing = { ...executed(25), lowWatermark: sequenceNumber(24) };
    const checkpoints = [checkpointFrom(1, { sequence: 32 })];
    const mine = holding({ standing, stable, checkpoints, decided: [24, 25], slots: [26] });
    expect(told(nothing, mine)).toEqual([
      'checkpoint 24 of 0',
      'checkpoint 24 of 1',
      'checkpoint 24 of 2',
    ]);
  });

  it('[N24] has votes up to the lower of both windows', () => {
    const standing = { ...executed(8), lowWatermark: sequenceNumber(8) };
    const mine = holding({ standing, slots: [16, 17, 24] });
    const sequences = new Set(
      whatLacks(statusFrom(3, { lastExecuted: 8 }).body, mine)
        .map(({ packet }) => packet.signed.body)
        .map((body) => ('sequence' in body ? body.sequence : 0)),
    );
    expect([...sequences]).toEqual([16]);
  });

  it('[N24] names each message differently, for the rate limit, and alike each time', () => {
    const mine = holding({ slots: [1, 2] });
    const keys = whatLacks(nothing, mine).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(whatLacks(nothing, mine).map(({ key }) => key)).toEqual(keys);
  });

  it('[N24] is bounded in bytes, but never nothing', () => {
    const batch = Array.from({ length: 4 }, (_, i) => requestFrom(0, i, 'x'.repeat(4096)));
    const mine: Holdings = {
      ...holding({ standing: executed(16) }),
      decision: (sequence) => ({ ...decisionAt(sequence), batch }),
    };
    const answers = whatLacks(nothing, mine);
    expect(answers.length).toBe(4);
    expect(answers.length * 4 * 4096).toBeGreaterThanOrEqual(answerBytesMax);

    const large = Array.from({ length: 4 }, () => batch)
      .flat()
      .concat(batch, batch);
    const one = whatLacks(nothing, {
      ...mine,
      decision: (sequence) => ({ ...decisionAt(sequence), batch: large }),
    });
    expect(one).toHaveLength(1);
  });
});
