import { describe, expect, it } from 'vitest';

import { nullDigest } from './digest.ts';
import type { Agreement, EarlyMessage } from './early-message.ts';
import { earlyKey, isEarly, rejectionOfEarly, tellsOfMore } from './early-message.ts';
import type { Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import {
  commitFrom,
  digestOf,
  prePrepareFrom,
  prepareFrom,
  requestFrom,
  sample,
  sampleBatch,
  standingOf,
} from './sample-messages.ts';
import type { Phase } from './standing.ts';
import { view } from './terms.ts';

const types = [prePrepareFrom, prepareFrom, commitFrom] as const;

describe('an early message', () => {
  it.each<{ phase: Phase; other: number; early: readonly Agreement['type'][] }>([
    { phase: 'normal', other: 1, early: [] },
    { phase: 'normal', other: 2, early: [] },
    { phase: 'normal', other: 3, early: ['pre-prepare', 'prepare', 'commit'] },
    { phase: 'normal', other: 4, early: [] },
    { phase: 'changing-view', other: 1, early: [] },
    { phase: 'changing-view', other: 2, early: ['pre-prepare', 'prepare'] },
    { phase: 'changing-view', other: 3, early: ['pre-prepare', 'prepare', 'commit'] },
    { phase: 'changing-view', other: 4, early: [] },
    { phase: 'learner', other: 2, early: [] },
    { phase: 'learner', other: 3, early: ['commit'] },
  ])('[V13] in $phase of view 2 is one of view $other: $early', ({ phase, other, early }) => {
    const standing = standingOf(1, { view: view(2), phase });
    const found = types
      .map((from) => from(3, { view: other }).body)
      .filter((body) => isEarly(standing, body))
      .map(({ type }) => type);
    expect(found).toEqual(early);
  });

  it.each([
    { other: 1, sequence: 16, tells: false },
    { other: 1, sequence: 17, tells: true },
    { other: 2, sequence: 1, tells: true },
    { other: 0, sequence: 17, tells: true },
  ])('[V13] of view $other at $sequence tells that I am behind: $tells', (one) => {
    const prepare = prepareFrom(3, { view: one.other, sequence: one.sequence });
    expect(tellsOfMore(standingOf(1), prepare, [true])).toBe(one.tells);
  });

  it.each<{ what: string; signed: Signed<Agreement>; verdicts: readonly boolean[] }>([
    { what: 'badly signed', signed: prepareFrom(2, { view: 7 }), verdicts: [false] },
    { what: 'unsigned', signed: prepareFrom(2, { view: 7 }), verdicts: [] },
    { what: 'my own', signed: prepareFrom(1, { view: 7 }), verdicts: [true] },
    {
      what: "a stranger's",
      signed: { ...commitFrom(2, { view: 7 }), signer: 4 },
      verdicts: [true],
    },
    {
      what: 'a client’s',
      signed: { ...commitFrom(2, { view: 7 }), signer: 'c0' },
      verdicts: [true],
    },
  ])('[V13] one that is $what tells nothing', ({ signed, verdicts }) => {
    expect(tellsOfMore(standingOf(1), signed, verdicts)).toBe(false);
  });

  it('[V13] has a place of its own by signer, type and sequence number', () => {
    const messages: readonly Signed<Agreement>[] = [
      prepareFrom(1),
      prepareFrom(2),
      commitFrom(1),
      prepareFrom(1, { sequence: 2 }),
    ];
    expect(new Set(messages.map(earlyKey)).size).toBe(4);
    expect(earlyKey(prepareFrom(1, { view: 4, digest: digestOf('e') }))).toBe(
      earlyKey(prepareFrom(1)),
    );
  });
});

describe('keeping an early message', () => {
  const standing = standingOf(3, { view: view(1), phase: 'changing-view' });
  const header = prePrepareFrom(1, { view: 1 });
  const gap = prePrepareFrom(1, { view: 1, digest: nullDigest(sample) });
  const prepare = prepareFrom(2, { view: 1 });

  it.each<{ why: string; message: EarlyMessage; held?: Signed<Agreement> }>([
    { why: 'a PRE-PREPARE with its batch', message: { signed: header, batch: sampleBatch } },
    { why: 'the header of a null request', message: { signed: gap } },
    { why: 'a PREPARE', message: { signed: prepare } },
    { why: 'a COMMIT of the view after', message: { signed: commitFrom(2, { view: 2 }) } },
    {
      why: 'one of a later view in place of an earlier one',
      message: { signed: prepareFrom(0, { view: 2 }) },
      held: prepareFrom(0, { view: 1 }),
    },
  ])('[V13] $why', ({ message, held }) => {
    expect(rejectionOfEarly(standing, message, [true], held)).toBeUndefined();
  });

  it.each<{
    reason: Rejection;
    why: string;
    message: EarlyMessage;
    held?: Signed<Agreement>;
    verdicts?: readonly boolean[];
  }>([
    { reason: 'own-message', why: 'is my own', message: { signed: prepareFrom(3, { view: 1 }) } },
    { reason: 'another-view', why: 'is late', message: { signed: prepareFrom(2) } },
    {
      reason: 'another-view',
      why: 'is too early',
      message: { signed: prepareFrom(2, { view: 3 }) },
    },
    {
      reason: 'outside-watermarks',
      why: 'lies above H',
      message: { signed: prepareFrom(2, { view: 1, sequence: 17 }) },
    },
    { reason: 'duplicate', why: 'is here', message: { signed: prepare }, held: prepare },
    {
      reason: 'duplicate',
      why: 'says otherwise than the first',
      message: { signed: prepare },
      held: prepareFrom(2, { view: 1, digest: digestOf('e') }),
    },
    {
      reason: 'outdated',
      why: 'is of an earlier view than what is kept',
      message: { signed: prepare },
      held: prepareFrom(2, { view: 2 }),
    },
    {
      reason: 'not-a-member',
      why: 'is of no replica',
      message: { signed: prepareFrom(4, { view: 1 }) },
    },
    {
      reason: 'wrong-signer',
      why: 'is signed by another',
      message: { signed: prepareFrom(2, { view: 1, signer: 0 }) },
    },
    {
      reason: 'primary-prepares',
      why: 'is a PREPARE of the primary',
      message: { signed: prepareFrom(1, { view: 1 }) },
    },
    {
      reason: 'not-the-primary',
      why: 'is a PRE-PREPARE of a backup',
      message: { signed: prePrepareFrom(0, { view: 1 }), batch: sampleBatch },
    },
    {
      reason: 'not-a-member',
      why: 'is a PRE-PREPARE of no replica',
      message: { signed: prePrepareFrom(5, { view: 1 }), batch: sampleBatch },
    },
    {
      reason: 'bad-signature',
      why: 'does not verify',
      message: { signed: prepare },
      verdicts: [false],
    },
    { reason: 'missing-body', why: 'has no batch', message: { signed: header } },
    {
      reason: 'wrong-body',
      why: 'has another batch',
      message: { signed: header, batch: [requestFrom(0, 9)] },
    },
  ])('[V13] is refused as $reason when it $why', ({ reason, message, held, verdicts }) => {
    expect(rejectionOfEarly(standing, message, verdicts ?? [true], held)).toBe(reason);
  });
});
