import { describe, expect, it } from 'vitest';

import type { Status } from './message.ts';
import {
  digestOf,
  prePrepareFrom,
  prepareFrom,
  requestFrom,
  sampleBatch,
  sampleDigest,
  standingOf,
  statusFrom,
} from './sample-messages.ts';
import { newViewFrom, proofOf, viewChangeFrom } from './sample-view-change.ts';
import type { Standing } from './standing.ts';
import type { Holdings } from './status-answer.ts';
import { answerBytesMax, whatLacks } from './status-answer.ts';
import { sequenceNumber, view } from './terms.ts';

function sent(
  status: Status,
  standing: Partial<Standing>,
  mine: Partial<Holdings>,
): readonly string[] {
  const holdings: Holdings = {
    standing: standingOf(1, standing),
    checkpoints: [],
    slot: () => undefined,
    decision: () => undefined,
    ...mine,
  };
  return whatLacks(status, holdings).map(({ key }) => key);
}

const keyOf = (replica: number, nextView = 2): string => `view-change ${nextView}   ${replica}`;
const body: Holdings['body'] = (digest) => (digest === sampleDigest ? sampleBatch : undefined);
const slot: Holdings['slot'] = (sequence) => ({
  prePrepare: prePrepareFrom(2, { view: 2, sequence }),
  batch: [requestFrom(0, 1)],
  prepares: [prepareFrom(0, { view: 2, sequence })],
  commits: [],
});

describe('the NEW-VIEW', () => {
  const newView = newViewFrom(2, { view: 2 });
  const viewChanges = [0, 1, 2].map((i) => viewChangeFrom(i, { nextView: 2 }));
  const standing = { view: view(2) };

  it.each<{ why: string; status: Status; gets: boolean }>([
    { why: 'is in an earlier view', status: statusFrom(3).body, gets: true },
    {
      why: 'wants an earlier view',
      status: statusFrom(3, { view: 1, phase: 'changing-view' }).body,
      gets: true,
    },
    {
      why: 'waits for it',
      status: statusFrom(3, { view: 2, phase: 'changing-view' }).body,
      gets: true,
    },
    {
      why: 'is a learner without it',
      status: statusFrom(3, { view: 2, phase: 'learner', hasNewView: false }).body,
      gets: true,
    },
    { why: 'has it', status: statusFrom(3, { view: 2 }).body, gets: false },
    {
      why: 'wants a later view',
      status: statusFrom(3, { view: 3, phase: 'changing-view' }).body,
      gets: false,
    },
    { why: 'sent it', status: statusFrom(2).body, gets: false },
    {
      why: 'is a window behind',
      status: statusFrom(3).body,
      gets: true,
    },
  ])('[V17] goes to who $why: $gets', ({ why, status, gets }) => {
    const ahead = why === 'is a window behind' ? sequenceNumber(80) : sequenceNumber(0);
    const keys = sent(
      status,
      { ...standing, lowWatermark: ahead, lastExecuted: ahead },
      { newView, viewChanges },
    );
    expect(keys).toEqual(gets ? ['new-view 2   2'] : []);
  });
});

describe('VIEW-CHANGEs', () => {
  const viewChanges = [
    viewChangeFrom(0, { nextView: 2 }),
    viewChangeFrom(1, { nextView: 2 }),
    viewChangeFrom(2, { nextView: 5 }),
    viewChangeFrom(3, { nextView: 2 }),
  ];
  const standing = { view: view(2), phase: 'changing-view' } as const;

  it.each<{ why: string; status: Status; keys: readonly string[] }>([
    {
      why: 'in an earlier view gets all, of anyone',
      status: statusFrom(3).body,
      keys: [keyOf(0), keyOf(1), keyOf(2, 5)],
    },
    {
      why: 'with the same target gets those that it lacks',
      status: statusFrom(3, { view: 2, phase: 'changing-view', viewChanges: [0, 3] }).body,
      keys: [keyOf(1), keyOf(2, 5)],
    },
    {
      why: 'with a later target gets those for views above it',
      status: statusFrom(3, { view: 3, phase: 'changing-view' }).body,
      keys: [keyOf(2, 5)],
    },
    {
      why: 'in that view gets those for later ones',
      status: statusFrom(3, { view: 2 }).body,
      keys: [keyOf(2, 5)],
    },
  ])('[V17] who is $why', ({ status, keys }) => {
    expect(sent(status, standing, { viewChanges })).toEqual(keys);
  });

  it('[V17] are not sent by who is in phase normal', () => {
    expect(sent(statusFrom(3).body, { view: view(1) }, { viewChanges })).toEqual([]);
  });

  it('[V17] count for what they weigh', () => {
    const prepared = Array.from({ length: 16 }, (_, i) => proofOf({ sequence: i + 1 }));
    const heavy = Array.from({ length: 60 }, (_, i) =>
      viewChangeFrom(i, { nextView: 2, prepared }),
    );
    const keys = sent(statusFrom(3).body, standing, { viewChanges: heavy });
    expect(keys.length).toBeLessThan(60);
    expect(keys.length).toBeGreaterThan(answerBytesMax / (60 * 256));
  });
});

describe('batches', () => {
  const status = statusFrom(3, { missing: [sampleDigest, digestOf('b')] }).body;

  it('[V17] that a peer misses are sent, as far as they are here', () => {
    expect(sent(status, {}, { body })).toEqual([`data   body   ${sampleDigest} 1`]);
    expect(sent(status, {}, {})).toEqual([]);
  });

  it('[V17] of places that O has fixed travel alone: their headers are in the NEW-VIEW', () => {
    const standing = { view: view(2), fixedUpTo: sequenceNumber(15) };
    const keys = sent(statusFrom(3, { view: 2, lastExecuted: 14 }).body, standing, { slot });
    expect(keys).toEqual(['prepare 2 15  0', 'pre-prepare 2 16  2', 'prepare 2 16  0']);
  });
});
