import { describe, expect, it } from 'vitest';

import type { NewView } from '#core/pbft/message.ts';
import { newViewOf } from '#core/pbft/new-view.ts';
import { sample } from '#core/pbft/sample-messages.ts';
import { proofOf, viewChangeFrom } from '#core/pbft/sample-view-change.ts';
import { view } from '#core/pbft/terms.ts';

import { orderDifference, placesOf } from './prepared-place.ts';

const carrier = viewChangeFrom(2, { prepared: [proofOf()] });
const sound: NewView = newViewOf(sample, view(1), [viewChangeFrom(0), viewChangeFrom(1), carrier]);
const digest = proofOf().prePrepare.body.digest;

describe('a place of P', () => {
  it('is a sequence number, a view and a digest', () => {
    expect(placesOf(carrier.body)).toEqual([{ sequence: 1, view: 0, digest }]);
    expect(placesOf(viewChangeFrom(0).body)).toEqual([]);
  });
});

describe('the difference between O and what V implies', () => {
  it('is none for an order that follows', () => {
    expect(orderDifference(sample, sound)).toBeUndefined();
  });

  it('names a place that was left out', () => {
    expect(orderDifference(sample, { ...sound, prePrepares: [] })).toBe(
      `O says nothing more, V implies ${digest.slice(0, 4)} at 1`,
    );
  });

  it('names a place that V knows nothing of', () => {
    const nothing = newViewOf(
      sample,
      view(1),
      [0, 1, 3].map((i) => viewChangeFrom(i, { prepared: [] })),
    );
    const invented = { ...proofOf({ view: 1 }).prePrepare };
    expect(nothing.prePrepares).toEqual([]);
    expect(orderDifference(sample, { ...nothing, prePrepares: [invented] })).toBe(
      `O says ${digest.slice(0, 4)} at 1, V implies nothing more`,
    );
  });
});
