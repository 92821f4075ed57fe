import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Random } from '#core/base/random.ts';

import { nullDigest } from './digest.ts';
import type { Signed, ViewChange } from './message.ts';
import { newViewOf, newViewOrder, newViewRejection, viewChangesFor } from './new-view.ts';
import { History, possibleOrders } from './sample-history.ts';
import { digestOf, prepareFrom, prePrepareFrom, sample, sampleDigest } from './sample-messages.ts';
import { checkpointsAt, proofOf, viewChangeFrom } from './sample-view-change.ts';
import { view } from './terms.ts';
import { viewChangeRejection } from './view-change.ts';

const nothing = nullDigest(sample);
const b = digestOf('b');

describe('O', () => {
  it('[V7] is empty when nothing prepared', () => {
    expect(
      newViewOrder(
        sample,
        [0, 1, 2].map((i) => viewChangeFrom(i)),
      ),
    ).toEqual({
      minSequence: 0,
      maxSequence: 0,
      stable: undefined,
      entries: [],
      watermarks: [0, 1, 2].map((replica) => ({ replica, stable: 0 })),
      broken: [],
    });
  });

  it('[V7] begins above the highest stable checkpoint, with its proof', () => {
    const order = newViewOrder(sample, [
      viewChangeFrom(0, { stable: 8, prepared: [proofOf({ sequence: 9 })] }),
      viewChangeFrom(1, { prepared: [proofOf({ sequence: 7 }), proofOf({ sequence: 9 })] }),
      viewChangeFrom(2, { stable: 8 }),
    ]);
    expect(order).toMatchObject({
      minSequence: 8,
      maxSequence: 9,
      stable: { sequence: 8, digest: digestOf('c'), checkpoints: checkpointsAt(8) },
    });
    expect(order.entries).toEqual([
      {
        sequence: 9,
        digest: sampleDigest,
        claims: [{ view: 0, digest: sampleDigest, replicas: [0, 1] }],
      },
    ]);
  });

  it('[V7] is empty when all that prepared is stable', () => {
    const order = newViewOrder(sample, [
      viewChangeFrom(0, { stable: 8 }),
      viewChangeFrom(1, { prepared: [proofOf({ sequence: 8 })] }),
      viewChangeFrom(2),
    ]);
    expect(order).toMatchObject({ minSequence: 8, maxSequence: 8, entries: [] });
  });

  it('[V7] fills gaps with null requests', () => {
    const prepared = [proofOf({ sequence: 3 })];
    const { entries } = newViewOrder(sample, [
      viewChangeFrom(0, { prepared }),
      viewChangeFrom(1),
      viewChangeFrom(2),
    ]);
    expect(entries.map(({ digest }) => digest)).toEqual([nothing, nothing, sampleDigest]);
    expect(entries.map(({ claims }) => claims.length)).toEqual([0, 0, 1]);
  });

  it.each([{ first: 0 }, { first: 1 }])(
    '[V7] takes the digest of the highest view, whoever reports it first',
    ({ first }) => {
      const proofs = [proofOf({ view: 0 }), proofOf({ view: 2, digest: b })];
      const at = (i: number): Signed<ViewChange> =>
        viewChangeFrom(i, { nextView: 3, prepared: proofs.slice((first + i) % 2).slice(0, 1) });
      const [entry] = newViewOrder(sample, [at(0), at(1), at(2)]).entries;
      expect(entry?.digest).toBe(b);
      expect(entry?.claims.map((claim) => claim.view)).toEqual([2, 0]);
    },
  );

  it('[V7] takes a null request that prepared for what it is', () => {
    const gap = proofOf({ view: 1, digest: nothing });
    const [entry] = newViewOrder(sample, [
      viewChangeFrom(0, { nextView: 2, prepared: [gap] }),
      viewChangeFrom(1, { nextView: 2, prepared: [proofOf()] }),
      viewChangeFrom(2, { nextView: 2 }),
    ]).entries;
    expect(entry?.digest).toBe(nothing);
    expect(entry?.claims).toHaveLength(2);
  });

  it('[V7] is of at most L places', () => {
    const order = newViewOrder(sample, [
      viewChangeFrom(0, { stable: 8, prepared: [proofOf({ sequence: 24 })] }),
      viewChangeFrom(1),
      viewChangeFrom(2),
    ]);
    expect(order.entries).toHaveLength(sample.logSize);
  });

  it('[N28] forgets what prepared where that is left out', () => {
    const c = { ...sample, ablation: ['ignore-prepared-in-view-change'] };
    const viewChanges = [0, 1, 2].map((i) => viewChangeFrom(i, { prepared: [proofOf()] }));
    expect(newViewOrder(c, viewChanges).entries).toEqual([]);
  });
});

describe('two digests that prepared in one view', () => {
  const rival = {
    prePrepare: prePrepareFrom(0, { digest: b }),
    prepares: [prepareFrom(2, { digest: b }), prepareFrom(3, { digest: b })],
  };
  const viewChanges = [
    viewChangeFrom(0, { prepared: [rival] }),
    viewChangeFrom(1, { prepared: [proofOf()] }),
    viewChangeFrom(2),
  ];

  it('[V10] are proof against more than f replicas', () => {
    const [broken] = newViewOrder(sample, viewChanges).broken;
    expect(broken).toMatchObject({ sequence: 1, view: 0, proofs: [rival, proofOf()] });
    expect(broken?.evidence.map(({ culprit, kind }) => [culprit, kind])).toEqual([
      [0, 'pre-prepare'],
      [2, 'prepare'],
    ]);
  });

  it('[V10] leave the same choice to everyone', () => {
    const lower = [sampleDigest, b].sort()[0];
    const choices = [viewChanges, viewChanges.toReversed()].map(
      (set) => newViewOrder(sample, set).entries[0]?.digest,
    );
    expect(choices).toEqual([lower, lower]);
  });

  it('[V10] prove nothing below the highest view', () => {
    const later = [
      ...viewChanges.slice(0, 2),
      viewChangeFrom(2, { prepared: [proofOf({ view: 1 })] }),
    ];
    expect(newViewOrder(sample, later).broken).toEqual([]);
  });
});

describe('V', () => {
  const all = [0, 1, 2, 3].map((i) => viewChangeFrom(i));

  it('[V6] is Q VIEW-CHANGEs, that of the primary among them', () => {
    expect(viewChangesFor(sample, view(1), all)).toEqual(all.slice(0, 3));
    const last = [0, 1, 2, 3].map((i) => viewChangeFrom(i, { nextView: 3 }));
    expect(viewChangesFor(sample, view(3), last)).toEqual([last[0], last[1], last[3]]);
  });

  it.each<{ why: string; viewChanges: readonly Signed<ViewChange>[] }>([
    { why: 'Q - 1', viewChanges: all.slice(0, 2) },
    { why: 'Q without the primary', viewChanges: all.toSpliced(1, 1) },
    { why: 'one replica twice', viewChanges: [...all.slice(0, 2), viewChangeFrom(0)] },
    {
      why: 'one of a higher view',
      viewChanges: [...all.slice(0, 2), viewChangeFrom(2, { nextView: 2 })],
    },
    { why: 'one of no replica', viewChanges: [...all.slice(0, 2), viewChangeFrom(4)] },
  ])('[V6] is not there with $why', ({ viewChanges }) => {
    expect(viewChangesFor(sample, view(1), viewChanges)).toBeUndefined();
  });
});

describe('the NEW-VIEW of a correct primary', () => {
  it('[V8] passes its own checks', () => {
    const viewChanges = [
      viewChangeFrom(0, { stable: 8, prepared: [proofOf({ sequence: 12 })] }),
      viewChangeFrom(1),
      viewChangeFrom(2),
    ];
    const newView = newViewOf(sample, view(1), viewChanges);
    expect(newViewRejection(sample, newView)).toBeUndefined();
    expect(newView.prePrepares.map(({ signer, signature }) => [signer, signature])).toEqual(
      Array.from({ length: 4 }, () => [1, 'own']),
    );
  });
});

describe('random histories', () => {
  const runs = fc.record({
    seed: fc.integer(),
    n: fc.integer({ min: 4, max: 7 }),
    views: fc.integer({ min: 2, max: 5 }),
  });

  it('[V7] O is the same for any order of V, and for any VIEW-CHANGE given twice', () => {
    fc.assert(
      fc.property(runs, fc.integer(), ({ seed, n }, shuffle) => {
        const random = new Random(`${seed}`);
        const history = new History(random, n, 3);
        history.run(0, undefined);
        const viewChanges = history.viewChanges(1);
        const turned = [...viewChanges, ...viewChanges.slice(0, 2)];
        const by = new Random(`${shuffle}`);
        const shuffled = turned
          .map((viewChange) => ({ viewChange, rank: by.next() }))
          .sort((x, y) => x.rank - y.rank)
          .map(({ viewChange }) => viewChange);
        const { entries } = newViewOrder(history.configuration, viewChanges);
        expect(newViewOrder(history.configuration, shuffled).entries).toEqual(entries);
      }),
    );
  });

  it('[V7] what was committed is in O of every quorum of every later view', () => {
    const seen = { committed: 0, kept: 0, changed: 0 };
    fc.assert(
      fc.property(runs, ({ seed, n, views }) => {
        const random = new Random(`${seed}`);
        const history = new History(random, n, 3);
        const c = history.configuration;
        history.run(0, undefined);
        for (let next = 1; next < views; next++) {
          const viewChanges = history.viewChanges(next);
          for (const { body } of viewChanges) expect(viewChangeRejection(c, body)).toBeUndefined();
          const orders = possibleOrders(c, viewChanges);
          for (const { entries, broken } of orders) {
            expect(broken).toEqual([]);
            for (const { sequence, digest } of history.committed) {
              expect(entries[sequence - 1]?.digest).toBe(digest);
              seen.kept++;
            }
          }
          history.run(next, random.pick(orders));
          seen.changed++;
        }
        seen.committed += history.committed.length;
      }),
      { numRuns: 150 },
    );
    expect(seen.committed).toBeGreaterThan(100);
    expect(seen.kept).toBeGreaterThan(1000);
    expect(seen.changed).toBeGreaterThan(100);
  });

  it('[V7] that would not hold if O took any other view', () => {
    const forks = Array.from({ length: 300 }, (_, seed) => {
      const random = new Random(`lowest ${seed}`);
      const history = new History(random, 4, 1);
      history.run(0, undefined);
      for (let next = 1; next < 5; next++) {
        const orders = possibleOrders(history.configuration, history.viewChanges(next));
        const order = random.pick(orders);
        const entries = order.entries.map((entry) => ({
          ...entry,
          digest: entry.claims.at(-1)?.digest ?? entry.digest,
        }));
        history.run(next, { ...order, entries });
      }
      return new Set(history.committed.map(({ digest }) => digest)).size > 1;
    });
    expect(forks.filter(Boolean).length).toBeGreaterThan(0);
  });
});
