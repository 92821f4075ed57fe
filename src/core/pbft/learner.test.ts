import { describe, expect, it } from 'vitest';

import { maySay, provesOlderStore } from './learner.ts';
import type { Message, MessageType, Signed } from './message.ts';
import {
  checkpointFrom,
  commitFrom,
  prePrepareFrom,
  prepareFrom,
  standingOf,
  statusFrom,
} from './sample-messages.ts';
import { samplePackets } from './sample-packets.ts';
import { newViewFrom, viewChangeFrom } from './sample-view-change.ts';
import type { Phase } from './standing.ts';
import { sequenceNumber, view } from './terms.ts';

const types = [...new Set(Object.values(samplePackets).map(({ signed }) => signed.body.type))];

describe('what a replica may say', () => {
  it.each<{ phase: Phase; never: readonly MessageType[] }>([
    { phase: 'normal', never: [] },
    { phase: 'changing-view', never: ['pre-prepare', 'prepare', 'commit'] },
    { phase: 'learner', never: ['pre-prepare', 'prepare', 'commit', 'view-change', 'new-view'] },
  ])('[V15] in phase $phase is anything but $never', ({ phase, never }) => {
    expect(types.filter((type) => !maySay(phase, type))).toEqual(never);
  });
});

describe('an own message', () => {
  const record = {
    said: (type: string, sequence: number): boolean => type === 'prepare' && sequence === 10,
    lastCheckpoint: sequenceNumber(8),
  };
  const standing = standingOf(1, { view: view(3), lowWatermark: sequenceNumber(8) });
  const changing = { ...standing, phase: 'changing-view' } as const;

  it.each<{ why: string; message: Signed<Message>; phase?: Phase }>([
    { why: 'a vote of a later view', message: prepareFrom(1, { view: 4, sequence: 10 }) },
    { why: 'a PREPARE that is not recorded', message: prepareFrom(1, { view: 3, sequence: 11 }) },
    { why: 'a COMMIT that is not recorded', message: commitFrom(1, { view: 3, sequence: 10 }) },
    {
      why: 'a PRE-PREPARE that is not recorded',
      message: prePrepareFrom(1, { view: 3, sequence: 9 }),
    },
    { why: 'a later CHECKPOINT', message: checkpointFrom(1, { sequence: 16 }) },
    { why: 'a VIEW-CHANGE to a later view', message: viewChangeFrom(1, { nextView: 4 }) },
    { why: 'the NEW-VIEW of a later view', message: newViewFrom(1, { view: 5 }) },
    {
      why: 'the NEW-VIEW of the view that is awaited',
      message: newViewFrom(1, { view: 3 }),
      phase: 'changing-view',
    },
  ])('[V16] proves an older store: $why', ({ message, phase = 'normal' }) => {
    expect(provesOlderStore({ ...standing, phase }, message, true, record)).toBe(true);
    expect(provesOlderStore({ ...standing, phase }, message, false, record)).toBe(false);
    const forged = { ...message, signer: 2 };
    expect(provesOlderStore({ ...standing, phase }, forged, true, record)).toBe(false);
  });

  it.each<{ why: string; message: Signed<Message> }>([
    { why: 'a recorded PREPARE', message: prepareFrom(1, { view: 3, sequence: 10 }) },
    { why: 'a vote of an older view', message: commitFrom(1, { view: 2, sequence: 20 }) },
    { why: 'a vote for what is stable', message: commitFrom(1, { view: 3, sequence: 8 }) },
    { why: 'the last CHECKPOINT', message: checkpointFrom(1) },
    { why: 'the VIEW-CHANGE to this view', message: viewChangeFrom(1, { nextView: 3 }) },
    { why: 'a STATUS', message: statusFrom(1, { view: 9 }) },
  ])('[V16] proves nothing: $why', ({ message }) => {
    expect(provesOlderStore(standing, message, true, record)).toBe(false);
    expect(provesOlderStore(changing, message, true, record)).toBe(false);
  });

  it('[V16] proves nothing: the NEW-VIEW with which this view began', () => {
    expect(provesOlderStore(standing, newViewFrom(1, { view: 3 }), true, record)).toBe(false);
  });
});
