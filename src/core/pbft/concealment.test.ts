import { describe, expect, it } from 'vitest';

import { concealment } from './concealment.ts';
import { digestOfViewChange } from './digest.ts';
import { commitFrom, digestOf, sample, sampleDigest } from './sample-messages.ts';
import { proofOf, viewChangeFrom } from './sample-view-change.ts';

describe('concealment', () => {
  it('[V18] is a COMMIT of an earlier view, and a VIEW-CHANGE that says nothing of its place', () => {
    const commit = commitFrom(2, { sequence: 3 });
    const viewChange = viewChangeFrom(2, { prepared: [proofOf({ sequence: 4 })] });

    expect(concealment(sample, commit, viewChange)).toEqual({
      culprit: 2,
      kind: 'concealment',
      view: 1,
      sequence: 3,
      digests: [sampleDigest, digestOfViewChange(sample, viewChange.body)],
      messages: [commit, viewChange],
    });
  });

  it.each([
    {
      why: 'what prepared in an earlier view than it committed',
      commit: { view: 1 },
      viewChange: { nextView: 2, prepared: [proofOf({ view: 0 })] },
    },
    {
      why: 'another digest of the very view',
      commit: { digest: digestOf('e') },
      viewChange: { prepared: [proofOf()] },
    },
  ])('[V18] is $why in place of it', ({ commit, viewChange }) => {
    const found = concealment(sample, commitFrom(2, commit), viewChangeFrom(2, viewChange));
    expect(found?.culprit).toBe(2);
  });

  it.each([
    { why: 'it takes the certificate along', commit: {}, viewChange: { prepared: [proofOf()] } },
    {
      why: 'a later view has prepared the place, whatever it is',
      commit: { digest: digestOf('e') },
      viewChange: { nextView: 2, prepared: [proofOf({ view: 1 })] },
    },
    { why: 'its checkpoint covers the place', commit: { sequence: 8 }, viewChange: { stable: 8 } },
    { why: 'it committed in the view that it asked for', commit: { view: 1 }, viewChange: {} },
    { why: 'it committed later', commit: { view: 2 }, viewChange: {} },
  ])('[V18] is none if $why', ({ commit, viewChange }) => {
    expect(
      concealment(sample, commitFrom(2, commit), viewChangeFrom(2, viewChange)),
    ).toBeUndefined();
  });

  it('[V18] takes two messages of one replica', () => {
    expect(concealment(sample, commitFrom(1), viewChangeFrom(2))).toBeUndefined();
    const stranger = { signer: 4 } as const;
    expect(
      concealment(sample, { ...commitFrom(2), ...stranger }, { ...viewChangeFrom(2), ...stranger }),
    ).toBeUndefined();
  });
});
