import { describe, expect, it } from 'vitest';

import { nullDigest } from './digest.ts';
import type { NewView, Signed, ViewChange } from './message.ts';
import { rejectionOfNewView } from './new-view-acceptance.ts';
import { newViewOf } from './new-view.ts';
import type { Rejection } from './rejection.ts';
import type { Defect } from './sample-messages.ts';
import {
  digestOf,
  pairsOf,
  prePrepareFrom,
  sample,
  sampleDigest,
  standingOf,
} from './sample-messages.ts';
import { newViewFrom, proofOf, viewChangeFrom } from './sample-view-change.ts';
import type { Standing } from './standing.ts';
import { view } from './terms.ts';

function without(ablation: string): Standing {
  const configuration = { ...sample, ablation: [ablation] };
  return { ...standingOf(2, { view: view(1), phase: 'changing-view' }), configuration };
}

interface NewViewCase {
  readonly standing: Standing;
  readonly newView: Signed<NewView>;
  readonly verdicts: readonly boolean[];
  readonly held?: Signed<NewView>;
}

const viewChanges = [
  viewChangeFrom(0, { stable: 8, prepared: [proofOf({ sequence: 10 })] }),
  viewChangeFrom(1, { prepared: [proofOf({ sequence: 3 })] }),
  viewChangeFrom(3),
];
const header = (sequence: number, digest = sampleDigest): NewView['prePrepares'][number] =>
  prePrepareFrom(1, { view: 1, sequence, digest });
const nothing = nullDigest(sample);
const honestNewView = newViewFrom(1, {
  viewChanges,
  prePrepares: [header(9, nothing), header(10)],
});

describe('NEW-VIEW', () => {
  const honest: NewViewCase = {
    standing: standingOf(2, { view: view(1), phase: 'changing-view' }),
    newView: honestNewView,
    verdicts: [true, true],
  };
  const reasonOf = ({ standing, newView, verdicts, held }: NewViewCase): Rejection | undefined =>
    rejectionOfNewView(standing, newView, verdicts, held);
  const of =
    (change: (newView: Signed<NewView>) => Signed<NewView>) =>
    (one: NewViewCase): NewViewCase => ({ ...one, newView: change(one.newView) });

  it('[V8] is what the rules make of V', () => {
    const made = newViewOf(sample, view(1), viewChanges);
    const headers = made.prePrepares.map(({ body }) => body);
    expect(headers).toEqual(honestNewView.body.prePrepares.map(({ body }) => body));
  });

  it.each<{ why: string; standing: Standing }>([
    { why: 'by who waits for it', standing: honest.standing },
    { why: 'by who is in an earlier view', standing: standingOf(2) },
    {
      why: 'by who wants an earlier view',
      standing: standingOf(3, { phase: 'changing-view' }),
    },
    { why: 'by a learner', standing: standingOf(2, { phase: 'learner' }) },
  ])('[V8] is accepted $why', ({ standing }) => {
    expect(reasonOf({ ...honest, standing })).toBeUndefined();
  });

  it('[V8] is accepted with more than Q VIEW-CHANGEs', () => {
    const all = [...viewChanges, viewChangeFrom(2)];
    const newView = { ...honestNewView, body: { ...honestNewView.body, viewChanges: all } };
    expect(reasonOf({ ...honest, newView })).toBeUndefined();
  });

  const defects: readonly Defect<NewViewCase>[] = [
    {
      reason: 'another-view',
      why: 'I want a later view',
      spoil: (one) => ({ ...one, standing: { ...one.standing, view: view(2) } }),
    },
    {
      reason: 'not-a-member',
      why: 'its signer is no replica',
      spoil: of((newView) => ({ ...newView, signer: 5 })),
    },
    {
      reason: 'not-the-primary',
      why: 'its signer is not the primary of its view',
      spoil: of((newView) => ({ ...newView, signer: newView.signer === 1 ? 3 : newView.signer })),
    },
    {
      reason: 'bad-signature',
      why: 'a signature inside it fails',
      spoil: (one) => ({ ...one, verdicts: [true, false] }),
    },
    {
      reason: 'bad-view-changes',
      why: 'V is too small',
      spoil: of((newView) => ({
        ...newView,
        body: { ...newView.body, viewChanges: newView.body.viewChanges.slice(1) },
      })),
    },
    {
      reason: 'wrong-order',
      why: 'O is too small',
      spoil: of((newView) => ({ ...newView, body: { ...newView.body, prePrepares: [] } })),
    },
  ];

  it.each(defects)('[V8] is refused as $reason when $why', ({ reason, spoil }) => {
    expect(reasonOf(spoil(honest))).toBe(reason);
  });

  it.each(pairsOf(defects))(
    '[N7] is refused as $first.reason before $second.reason',
    ({ first, second }) => {
      expect(reasonOf(first.spoil(second.spoil(honest)))).toBe(first.reason);
    },
  );

  it.each<{ why: string; standing: Standing; held?: Signed<NewView>; reason: Rejection }>([
    {
      why: 'it began this view',
      standing: standingOf(2, { view: view(1) }),
      held: honestNewView,
      reason: 'duplicate',
    },
    {
      why: 'another began this view',
      standing: standingOf(2, { view: view(1) }),
      held: newViewFrom(1),
      reason: 'conflicting-new-view',
    },
    {
      why: 'another began this view, and it wants the next',
      standing: standingOf(2, { view: view(2), phase: 'changing-view' }),
      held: newViewFrom(1),
      reason: 'conflicting-new-view',
    },
    {
      why: 'it is in this view and holds none',
      standing: standingOf(2, { view: view(1) }),
      reason: 'another-view',
    },
    {
      why: 'it is in a later view',
      standing: standingOf(2, { view: view(6) }),
      held: newViewFrom(2, { view: 6 }),
      reason: 'another-view',
    },
  ])('[V8] is refused as $reason by a replica when $why', ({ standing, held, reason }) => {
    expect(reasonOf({ ...honest, standing, ...(held && { held }) })).toBe(reason);
  });

  it('[V8] is refused when it is my own', () => {
    expect(reasonOf({ ...honest, standing: standingOf(1) })).toBe('own-message');
  });

  it('[V8] does not begin view 0', () => {
    const zero = newViewFrom(0, { view: 0, viewChanges });
    const standing = standingOf(2);
    expect(reasonOf({ ...honest, standing, newView: zero })).toBe('another-view');
  });

  describe('V', () => {
    it.each<{ why: string; viewChanges: readonly Signed<ViewChange>[] }>([
      { why: 'is empty', viewChanges: [] },
      {
        why: 'has a replica twice',
        viewChanges: [...viewChanges.slice(1), viewChangeFrom(3)],
      },
      {
        why: 'has Q replicas and one of them twice',
        viewChanges: [...viewChanges, viewChangeFrom(3)],
      },
      {
        why: 'has one for an earlier view',
        viewChanges: [...viewChanges.slice(0, 2), viewChangeFrom(3, { nextView: 0 })],
      },
      {
        why: 'has one for a later view',
        viewChanges: [...viewChanges.slice(0, 2), viewChangeFrom(3, { nextView: 2 })],
      },
      {
        why: 'has one with an invalid certificate',
        viewChanges: [
          ...viewChanges.slice(0, 2),
          viewChangeFrom(3, { prepared: [{ ...proofOf(), prepares: [] }] }),
        ],
      },
      {
        why: 'has one without the proof of its checkpoint',
        viewChanges: [
          ...viewChanges.slice(0, 2),
          viewChangeFrom(3, { stable: 8, checkpoints: [] }),
        ],
      },
      {
        why: 'has one that another replica signed',
        viewChanges: [...viewChanges.slice(0, 2), viewChangeFrom(3, { signer: 2 })],
      },
      {
        why: 'has one of no replica',
        viewChanges: [...viewChanges.slice(0, 2), viewChangeFrom(4)],
      },
    ])('[V8] is bad when it $why', ({ viewChanges: bad }) => {
      const { prePrepares } = newViewOf(sample, view(1), bad);
      const newView = newViewFrom(1, { viewChanges: bad, prePrepares });
      expect(reasonOf({ ...honest, newView })).toBe('bad-view-changes');
    });
  });

  describe('O', () => {
    it.each<{ why: string; prePrepares: NewView['prePrepares'] }>([
      { why: 'leaves out the first place', prePrepares: [header(10)] },
      { why: 'leaves out the last place', prePrepares: [header(9, nothing)] },
      { why: 'has another digest', prePrepares: [header(9, nothing), header(10, digestOf('e'))] },
      {
        why: 'has a null request for what prepared',
        prePrepares: [header(9, nothing), header(10, nothing)],
      },
      { why: 'has a batch where nothing prepared', prePrepares: [header(9), header(10)] },
      {
        why: 'goes above max-s',
        prePrepares: [header(9, nothing), header(10), header(11, nothing)],
      },
      {
        why: 'begins at min-s',
        prePrepares: [header(8, nothing), header(9, nothing), header(10)],
      },
      { why: 'has a place twice', prePrepares: [header(9, nothing), header(10), header(10)] },
      { why: 'falls', prePrepares: [header(10), header(9, nothing)] },
      {
        why: 'is of another view',
        prePrepares: [
          header(9, nothing),
          prePrepareFrom(1, { view: 5, sequence: 10, digest: sampleDigest }),
        ],
      },
      {
        why: 'has a header that another replica signed',
        prePrepares: [header(9, nothing), { ...header(10), signer: 3 }],
      },
    ])('[V8] is wrong when it $why', ({ prePrepares }) => {
      const newView = newViewFrom(1, { viewChanges, prePrepares });
      expect(reasonOf({ ...honest, newView })).toBe('wrong-order');
    });

    it('[V8] is wrong with the digest of a lower view', () => {
      const later = { ...proofOf({ view: 1, sequence: 1, digest: digestOf('b') }) };
      const both = [0, 1, 2].map((i) =>
        viewChangeFrom(i, { nextView: 2, prepared: i === 1 ? [later] : [proofOf()] }),
      );
      const standing = standingOf(3);
      const place = { view: 2, sequence: 1 };
      const made = (prePrepares: NewView['prePrepares']): NewViewCase => ({
        ...honest,
        standing,
        newView: newViewFrom(2, { view: 2, viewChanges: both, prePrepares }),
      });
      expect(reasonOf(made([prePrepareFrom(2, place)]))).toBe('wrong-order');
      expect(
        reasonOf(made([prePrepareFrom(2, { ...place, digest: digestOf('b') })])),
      ).toBeUndefined();
    });
  });

  describe('where a rule is left out', () => {
    it('[N28] is accepted with VIEW-CHANGEs of any view', () => {
      const mixed = [...viewChanges.slice(0, 2), viewChangeFrom(3, { nextView: 7 })];
      const newView = { ...honestNewView, body: { ...honestNewView.body, viewChanges: mixed } };
      expect(reasonOf({ ...honest, newView })).toBe('bad-view-changes');
      const standing = without('any-view-in-new-view');
      expect(reasonOf({ ...honest, newView, standing })).toBeUndefined();
    });

    it('[N28] is accepted with anything in it', () => {
      const newView = newViewFrom(1, { viewChanges: [], prePrepares: [header(7)] });
      const standing = without('unchecked-new-view');
      expect(reasonOf({ ...honest, newView, standing })).toBeUndefined();
    });
  });
});
