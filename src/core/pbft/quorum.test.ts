import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { faultsTolerated, primaryOf, quorumsOf } from './quorum.ts';
import { view } from './terms.ts';

const sizes = Array.from({ length: 40 }, (_, i) => i + 1);

describe('quorums', () => {
  it.each([
    { n: 1, f: 0, quorum: 1, weak: 1 },
    { n: 2, f: 0, quorum: 2, weak: 1 },
    { n: 3, f: 0, quorum: 2, weak: 1 },
    { n: 4, f: 1, quorum: 3, weak: 2 },
    { n: 5, f: 1, quorum: 4, weak: 2 },
    { n: 6, f: 1, quorum: 4, weak: 2 },
    { n: 7, f: 2, quorum: 5, weak: 3 },
    { n: 8, f: 2, quorum: 6, weak: 3 },
    { n: 9, f: 2, quorum: 6, weak: 3 },
    { n: 10, f: 3, quorum: 7, weak: 4 },
  ])('[N1] of $n replicas are $quorum, with $f faulty', (expected) => {
    expect(quorumsOf(expected.n)).toEqual(expected);
  });

  it.each(sizes)(
    '[N1] any two of %i replicas share a correct one, whatever f is tolerated',
    (n) => {
      for (let f = 0; f <= faultsTolerated(n); f++) {
        const { quorum } = quorumsOf(n, f);
        expect(2 * quorum - n).toBeGreaterThanOrEqual(f + 1);
      }
    },
  );

  it.each(sizes)(
    '[N1] of %i replicas can be formed without the faulty ones, and are minimal',
    (n) => {
      for (let f = 0; f <= faultsTolerated(n); f++) {
        const { quorum } = quorumsOf(n, f);
        expect(quorum).toBeLessThanOrEqual(n - f);
        expect(2 * (quorum - 1) - n).toBeLessThan(f + 1);
      }
    },
  );

  it('[N1] drawn at random intersect in more than f replicas', () => {
    const twoQuorums = fc.integer({ min: 1, max: 40 }).chain((n) => {
      const members = Array.from({ length: n }, (_, i) => i);
      const { quorum: size } = quorumsOf(n);
      const quorum = fc.shuffledSubarray(members, { minLength: size, maxLength: size });
      return fc.tuple(fc.constant(n), quorum, quorum);
    });
    fc.assert(
      fc.property(twoQuorums, ([n, a, b]) => {
        expect(a.filter((i) => b.includes(i)).length).toBeGreaterThan(faultsTolerated(n));
      }),
    );
  });

  it.each([
    { n: 4, f: 2, says: 'at least 7' },
    { n: 3, f: 1, says: 'at least 4' },
    { n: 0, f: 0, says: 'at least one' },
    { n: 4.5, f: 0, says: 'at least one' },
    { n: 4, f: -1, says: 'natural' },
    { n: 4, f: 0.5, says: 'natural' },
  ])('[N1] refuse n = $n, f = $f', ({ n, f, says }) => {
    expect(() => quorumsOf(n, f)).toThrow(says);
  });
});

describe('primary', () => {
  it.each([
    { of: 0, n: 4, is: 0 },
    { of: 3, n: 4, is: 3 },
    { of: 4, n: 4, is: 0 },
    { of: 10 ** 9 + 1, n: 4, is: 1 },
    { of: 7, n: 1, is: 0 },
  ])('[N1] of view $of among $n is replica $is', ({ of, n, is }) => {
    expect(primaryOf(view(of), n)).toBe(is);
  });
});
