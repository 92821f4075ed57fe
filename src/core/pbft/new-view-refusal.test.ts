import { describe, expect, it } from 'vitest';

import type { NewView, Signed } from './message.ts';
import { condemnsPrimary } from './new-view-acceptance.ts';
import type { Rejection } from './rejection.ts';
import { standingOf } from './sample-messages.ts';
import { newViewFrom } from './sample-view-change.ts';
import type { Standing } from './standing.ts';
import { view } from './terms.ts';

describe('a refused NEW-VIEW', () => {
  const waiting = standingOf(2, { view: view(1), phase: 'changing-view' });
  const wrong = newViewFrom(1, { viewChanges: [] });

  it.each<{ reason: Rejection; verdicts: readonly boolean[] }>([
    { reason: 'wrong-order', verdicts: [true, true] },
    { reason: 'bad-view-changes', verdicts: [true, true] },
    { reason: 'bad-signature', verdicts: [true, false] },
  ])('[V9] condemns the primary that signed it: $reason', ({ reason, verdicts }) => {
    expect(condemnsPrimary(waiting, wrong, verdicts, reason)).toBe(true);
  });

  it.each<{
    why: string;
    standing?: Standing;
    newView?: Signed<NewView>;
    verdicts?: readonly boolean[];
    reason?: Rejection;
  }>([
    { why: 'by who is in phase normal', standing: standingOf(2) },
    {
      why: 'by who wants another view',
      standing: { ...waiting, view: view(2) },
    },
    { why: 'that another replica sent', newView: { ...wrong, signer: 3 } },
    { why: 'that the primary did not sign', verdicts: [false, true] },
    { why: 'that came twice', reason: 'duplicate' },
  ])('[V9] condemns nobody $why', ({ standing, newView, verdicts, reason }) => {
    expect(
      condemnsPrimary(
        standing ?? waiting,
        newView ?? wrong,
        verdicts ?? [true, true],
        reason ?? 'wrong-order',
      ),
    ).toBe(false);
  });
});
