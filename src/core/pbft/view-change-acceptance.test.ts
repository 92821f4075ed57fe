import { describe, expect, it } from 'vitest';

import type { Signed, ViewChange } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { Defect } from './sample-messages.ts';
import { pairsOf, standingOf } from './sample-messages.ts';
import { proofOf, viewChangeFrom } from './sample-view-change.ts';
import type { Standing } from './standing.ts';
import { sequenceNumber, view } from './terms.ts';
import { rejectionOfViewChange } from './view-change-acceptance.ts';

interface ViewChangeCase {
  readonly standing: Standing;
  readonly viewChange: Signed<ViewChange>;
  readonly verdicts: readonly boolean[];
  readonly held?: Signed<ViewChange>;
}

describe('VIEW-CHANGE', () => {
  const honest: ViewChangeCase = {
    standing: standingOf(1, { view: view(1) }),
    viewChange: viewChangeFrom(2, { nextView: 3, prepared: [proofOf()] }),
    verdicts: [true, true, true, true],
  };
  const reasonOf = ({
    standing,
    viewChange,
    verdicts,
    held,
  }: ViewChangeCase): Rejection | undefined =>
    rejectionOfViewChange(standing, viewChange, verdicts, held);
  const of =
    (change: (viewChange: Signed<ViewChange>) => Signed<ViewChange>) =>
    (one: ViewChangeCase): ViewChangeCase => ({ ...one, viewChange: change(one.viewChange) });

  it.each<{ why: string; standing: Standing; held?: Signed<ViewChange> }>([
    { why: 'for the next view', standing: standingOf(1, { view: view(2) }) },
    { why: 'for a view far above', standing: standingOf(1) },
    {
      why: 'for the view that is wanted here too',
      standing: standingOf(1, { view: view(3), phase: 'changing-view' }),
    },
    {
      why: 'for a view above the one that is wanted',
      standing: standingOf(1, { view: view(2), phase: 'changing-view' }),
    },
    {
      why: 'in place of one for a lower view',
      standing: standingOf(1),
      held: viewChangeFrom(2, { nextView: 2 }),
    },
    {
      why: 'by who has another window',
      standing: standingOf(1, { lowWatermark: sequenceNumber(800) }),
    },
  ])('[V3] is filed $why', ({ standing, held }) => {
    expect(reasonOf({ ...honest, standing, ...(held && { held }) })).toBeUndefined();
  });

  const defects: readonly Defect<ViewChangeCase>[] = [
    {
      reason: 'not-normal',
      why: 'I am a learner',
      spoil: (one) => ({ ...one, standing: { ...one.standing, phase: 'learner' } }),
    },
    {
      reason: 'another-view',
      why: 'I am in that view',
      spoil: (one) => ({ ...one, standing: { ...one.standing, view: view(3) } }),
    },
    {
      reason: 'outdated',
      why: 'its signer asked for a higher view',
      spoil: (one) => ({ ...one, held: viewChangeFrom(2, { nextView: 4 }) }),
    },
    {
      reason: 'not-a-member',
      why: 'its signer is no replica',
      spoil: of((viewChange) => ({ ...viewChange, signer: 'c0' })),
    },
    {
      reason: 'wrong-signer',
      why: 'another replica signed it',
      spoil: of((viewChange) => ({
        ...viewChange,
        signer: viewChange.signer === 2 ? 3 : viewChange.signer,
      })),
    },
    {
      reason: 'bad-signature',
      why: 'a signature inside it fails',
      spoil: (one) => ({ ...one, verdicts: [true, true, false, true] }),
    },
    {
      reason: 'conflicting-view-change',
      why: 'its signer said otherwise for this view',
      spoil: (one) => ({ ...one, held: one.held ?? viewChangeFrom(2, { nextView: 3, stable: 8 }) }),
    },
    {
      reason: 'bad-prepared-proof',
      why: 'a certificate is none',
      spoil: of((viewChange) => ({
        ...viewChange,
        body: { ...viewChange.body, prepared: [{ ...proofOf(), prepares: [] }] },
      })),
    },
  ];

  it.each(defects)('[V3] is refused as $reason when $why', ({ reason, spoil }) => {
    expect(reasonOf(spoil(honest))).toBe(reason);
  });

  it('[V3] is refused when it is my own', () => {
    expect(reasonOf({ ...honest, standing: standingOf(2) })).toBe('own-message');
  });

  it('[V3] is refused as a duplicate when it is here already', () => {
    expect(reasonOf({ ...honest, held: honest.viewChange })).toBe('duplicate');
  });

  it.each(pairsOf(defects))(
    '[N7] is refused as $first.reason before $second.reason',
    ({ first, second }) => {
      expect(reasonOf(first.spoil(second.spoil(honest)))).toBe(first.reason);
    },
  );

  it('[V3] says no more about a view below the highest that its signer asked for', () => {
    const held = viewChangeFrom(2, { nextView: 3 });
    const older = viewChangeFrom(2, { nextView: 2 });
    expect(reasonOf({ ...honest, viewChange: older, held })).toBe('outdated');
  });
});
