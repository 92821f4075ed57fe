import { describe, expect, it } from 'vitest';

import { sample, standingOf } from './sample-messages.ts';
import { viewChangeFrom } from './sample-view-change.ts';
import type { Phase } from './standing.ts';
import { replicaId, view } from './terms.ts';
import {
  hasQuorumToward,
  mayTimeRequests,
  viewAfter,
  viewChangeTimerMs,
  viewToJoin,
} from './view-timing.ts';

const asking = (views: Readonly<Record<number, number>>): ReturnType<typeof viewChangeFrom>[] =>
  Object.entries(views).map(([i, nextView]) => viewChangeFrom(Number(i), { nextView }));

describe('joining', () => {
  const far = 10 ** 9;

  it.each<{ why: string; asked: Readonly<Record<number, number>>; joins?: number }>([
    { why: 'nobody', asked: {} },
    { why: 'f others', asked: { 2: 1 } },
    { why: 'f others, far ahead', asked: { 2: far } },
    { why: 'f + 1 others', asked: { 2: 1, 3: 1 }, joins: 1 },
    { why: 'f + 1 others for two views', asked: { 2: 4, 3: 2 }, joins: 2 },
    { why: 'a liar and a correct one', asked: { 2: far, 3: 1 }, joins: 1 },
    { why: 'one other and itself', asked: { 1: 3, 2: 1 } },
    { why: 'all', asked: { 0: 7, 2: 3, 3: 5 }, joins: 3 },
    { why: 'no replicas', asked: { 4: 1, 5: 1 } },
  ])('[V4] in view 0 follows $why: $joins', ({ asked, joins }) => {
    expect(viewToJoin(standingOf(1), asking(asked))).toBe(joins);
  });

  it.each<{ asked: Readonly<Record<number, number>>; joins?: number }>([
    { asked: { 2: 5, 3: 5 } },
    { asked: { 2: 5, 3: 6 } },
    { asked: { 2: 6, 3: 6 }, joins: 6 },
    { asked: { 0: 5, 2: 6, 3: 7 }, joins: 6 },
  ])('[V4] counts only views above the one that is wanted already: $asked', ({ asked, joins }) => {
    const standing = standingOf(1, { view: view(5), phase: 'changing-view' });
    expect(viewToJoin(standing, asking(asked))).toBe(joins);
  });

  it('[V4] [V15] is not for learners', () => {
    expect(viewToJoin(standingOf(1, { phase: 'learner' }), asking({ 2: 1, 3: 1 }))).toBeUndefined();
  });
});

describe('the timer of a view change', () => {
  it.each<{ why: string; asked: Readonly<Record<number, number>>; starts: boolean }>([
    { why: 'Q for the view, itself included', asked: { 1: 2, 2: 2, 3: 2 }, starts: true },
    { why: 'some for later views', asked: { 1: 2, 2: 3, 3: 9 }, starts: true },
    { why: 'Q - 1', asked: { 1: 2, 2: 2 }, starts: false },
    { why: 'one for an earlier view', asked: { 1: 2, 2: 2, 3: 1 }, starts: false },
    { why: 'Q others', asked: { 0: 2, 2: 2, 3: 2 }, starts: false },
  ])('[V5] starts with $why: $starts', ({ asked, starts }) => {
    expect(hasQuorumToward(standingOf(1), view(2), asking(asked))).toBe(starts);
  });

  it.each([
    { wanted: 1, active: 0, times: 1 },
    { wanted: 2, active: 0, times: 2 },
    { wanted: 3, active: 0, times: 4 },
    { wanted: 5, active: 4, times: 1 },
    { wanted: 7, active: 4, times: 4 },
    { wanted: 17, active: 0, times: 2 ** 16 },
    { wanted: 18, active: 0, times: 2 ** 16 },
    { wanted: 10 ** 9, active: 0, times: 2 ** 16 },
  ])('[V5] toward view $wanted after view $active is $times times as long', (one) => {
    const ms = viewChangeTimerMs(sample, view(one.wanted), view(one.active));
    expect(ms).toBe(one.times * sample.viewChangeTimeoutMs);
  });

  it.each<{ current: number; phase: Phase; active: number; may: boolean }>([
    { current: 0, phase: 'normal', active: 0, may: true },
    { current: 2, phase: 'normal', active: 0, may: false },
    { current: 2, phase: 'normal', active: 2, may: true },
    { current: 2, phase: 'changing-view', active: 2, may: false },
    { current: 0, phase: 'learner', active: 0, may: false },
  ])('[V5] leaves the request timer alone in $phase of $current: $may', (one) => {
    const { current, phase, active, may } = one;
    expect(mayTimeRequests({ view: view(current), phase }, view(active))).toBe(may);
  });

  it('[V5] asks for one view after the other', () => {
    expect(viewAfter(view(3))).toBe(4);
  });
});

describe('a quorum toward a view', () => {
  it('[V5] counts a replica once', () => {
    const twice = [...asking({ 1: 2, 2: 2 }), viewChangeFrom(2, { nextView: 3 })];
    expect(hasQuorumToward({ configuration: sample, id: replicaId(1) }, view(2), twice)).toBe(
      false,
    );
  });
});
