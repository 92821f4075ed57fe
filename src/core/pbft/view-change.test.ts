import { describe, expect, it } from 'vitest';

import type { PreparedProof, ViewChange } from './message.ts';
import type { Otherwise } from './sample-messages.ts';
import {
  checkpointFrom,
  digestOf,
  prePrepareFrom,
  prepareFrom,
  sample,
} from './sample-messages.ts';
import type { OtherwiseViewChange } from './sample-view-change.ts';
import { checkpointsAt, proofOf, viewChangeFrom } from './sample-view-change.ts';
import { replicaId, sequenceNumber, view } from './terms.ts';
import { stableOf, viewChangeOf, viewChangeRejection } from './view-change.ts';

const stable = {
  sequence: sequenceNumber(8),
  digest: digestOf('c'),
  checkpoints: checkpointsAt(8),
};

function contentOf(prepared: readonly PreparedProof[], at?: typeof stable): ViewChange {
  return viewChangeOf(sample, view(3), { replica: replicaId(2), stable: at, prepared });
}

describe('the content of a VIEW-CHANGE', () => {
  it('[V1] at the beginning is empty', () => {
    expect(contentOf([])).toEqual(viewChangeFrom(2, { nextView: 3 }).body);
  });

  it('[V1] has the proof of the stable checkpoint', () => {
    expect(contentOf([], stable)).toMatchObject({ stable: 8, checkpoints: checkpointsAt(8) });
  });

  it('[V1] has of each place the certificate of the highest view, whatever came later', () => {
    const early = proofOf({ view: 0, sequence: 2 });
    const late = proofOf({ view: 2, sequence: 2, digest: digestOf('b') });
    expect(contentOf([late, early]).prepared).toEqual([late]);
    expect(contentOf([early, late]).prepared).toEqual([late]);
  });

  it('[V1] rises', () => {
    const [one, two, ten] = [1, 2, 10].map((sequence) => proofOf({ sequence }));
    expect(contentOf([ten, one, two].flatMap((proof) => proof ?? [])).prepared).toEqual([
      one,
      two,
      ten,
    ]);
  });

  it.each([
    { sequence: 8, taken: false },
    { sequence: 9, taken: true },
    { sequence: 24, taken: true },
    { sequence: 25, taken: false },
  ])('[V1] above h = 8 takes $sequence along: $taken', ({ sequence, taken }) => {
    expect(contentOf([proofOf({ sequence })], stable).prepared).toHaveLength(taken ? 1 : 0);
  });

  it('[V1] [V2] is valid', () => {
    const prepared = [proofOf({ sequence: 24 }), proofOf({ view: 2, sequence: 9 })];
    expect(viewChangeRejection(sample, contentOf(prepared, stable))).toBeUndefined();
  });
});

describe('a valid VIEW-CHANGE', () => {
  it.each<{ why: string } & OtherwiseViewChange>([
    { why: 'takes nothing along' },
    { why: 'proves its stable checkpoint', stable: 8 },
    { why: 'has the first place of its window', prepared: [proofOf({ sequence: 1 })] },
    { why: 'has the last place of its window', prepared: [proofOf({ sequence: 16 })] },
    { why: 'has places above its checkpoint', stable: 8, prepared: [proofOf({ sequence: 24 })] },
    {
      why: 'has certificates of several views',
      nextView: 4,
      prepared: [proofOf({ view: 3, sequence: 1 }), proofOf({ view: 0, sequence: 2 })],
    },
    {
      why: 'has a certificate of the view before',
      nextView: 4,
      prepared: [proofOf({ view: 3 })],
    },
  ])('[V2] $why', (otherwise) => {
    expect(viewChangeRejection(sample, viewChangeFrom(2, otherwise).body)).toBeUndefined();
  });
});

const proof = (otherwise: Partial<PreparedProof>): readonly PreparedProof[] => [
  { ...proofOf(), ...otherwise },
];
const other = (otherwise: Otherwise): readonly PreparedProof[] =>
  proof({ prepares: [prepareFrom(1), prepareFrom(2, otherwise)] });

describe('an invalid VIEW-CHANGE', () => {
  it.each<{ why: string } & OtherwiseViewChange>([
    { why: 'has a stable checkpoint without proof', stable: 8, checkpoints: [] },
    { why: 'proves zero', checkpoints: checkpointsAt(8) },
    { why: 'has Q - 1 CHECKPOINTs', stable: 8, checkpoints: checkpointsAt(8).slice(1) },
    {
      why: 'has the CHECKPOINT of one replica twice',
      stable: 8,
      checkpoints: [...checkpointsAt(8).slice(1), checkpointFrom(1)],
    },
    {
      why: 'has a CHECKPOINT of another digest',
      stable: 8,
      checkpoints: [...checkpointsAt(8).slice(1), checkpointFrom(3, { digest: digestOf('d') })],
    },
    { why: 'has CHECKPOINTs of another place', stable: 16, checkpoints: checkpointsAt(8) },
    { why: 'has CHECKPOINTs of a lower place', stable: 16, checkpoints: checkpointsAt(8) },
    {
      why: 'has a CHECKPOINT of no replica',
      stable: 8,
      checkpoints: [...checkpointsAt(8).slice(1), checkpointFrom(4)],
    },
    {
      why: 'has a CHECKPOINT that another signed',
      stable: 8,
      checkpoints: [...checkpointsAt(8).slice(1), checkpointFrom(3, { signer: 2 })],
    },
    {
      why: 'is stable where no checkpoint is',
      stable: 9,
      checkpoints: [0, 1, 2].map((i) => checkpointFrom(i, { sequence: 9 })),
    },
  ])('[V2] $why', (otherwise) => {
    expect(viewChangeRejection(sample, viewChangeFrom(2, otherwise).body)).toBe(
      'bad-checkpoint-proof',
    );
  });

  it.each<{ why: string } & OtherwiseViewChange>([
    { why: 'has Q - 2 PREPAREs', prepared: proof({ prepares: [prepareFrom(1)] }) },
    { why: 'has Q PREPAREs', prepared: proof({ prepares: [1, 2, 3].map((i) => prepareFrom(i)) }) },
    { why: 'has no PREPARE', prepared: proof({ prepares: [] }) },
    {
      why: 'has one replica twice',
      prepared: proof({ prepares: [prepareFrom(1), prepareFrom(1)] }),
    },
    {
      why: 'has a PREPARE of the primary',
      prepared: proof({ prepares: [prepareFrom(0), prepareFrom(1)] }),
    },
    {
      why: 'has a PREPARE of no replica',
      prepared: proof({ prepares: [prepareFrom(1), prepareFrom(4)] }),
    },
    { why: 'has a PREPARE that another signed', prepared: other({ signer: 3 }) },
    { why: 'has a PREPARE of another digest', prepared: other({ digest: digestOf('e') }) },
    { why: 'has a PREPARE of another view', prepared: other({ view: 1 }) },
    { why: 'has a PREPARE of another place', prepared: other({ sequence: 2 }) },
    {
      why: 'has a PRE-PREPARE of a backup',
      prepared: proof({ prePrepare: prePrepareFrom(3) }),
    },
    {
      why: 'has the PRE-PREPARE of another primary',
      nextView: 2,
      prepared: [{ ...proofOf({ view: 1 }), prePrepare: prePrepareFrom(0, { view: 1 }) }],
    },
    { why: 'has the view that it asks for', nextView: 2, prepared: [proofOf({ view: 2 })] },
    { why: 'has a view above it', nextView: 2, prepared: [proofOf({ view: 3 })] },
    { why: 'has its own stable place', stable: 8, prepared: [proofOf({ sequence: 8 })] },
    { why: 'has a place below it', stable: 8, prepared: [proofOf({ sequence: 1 })] },
    { why: 'has place zero', prepared: [proofOf({ sequence: 0 })] },
    { why: 'has a place above its window', prepared: [proofOf({ sequence: 17 })] },
    { why: 'has H + 1', stable: 8, prepared: [proofOf({ sequence: 25 })] },
    {
      why: 'has two certificates for a place',
      nextView: 3,
      prepared: [proofOf({ view: 0 }), proofOf({ view: 1 })],
    },
    {
      why: 'falls',
      prepared: [proofOf({ sequence: 2 }), proofOf({ sequence: 1 })],
    },
    {
      why: 'has one bad certificate among good ones',
      prepared: [
        proofOf({ sequence: 1 }),
        { ...proofOf({ sequence: 2 }), prepares: [] },
        proofOf({ sequence: 3 }),
      ],
    },
  ])('[V2] $why', (otherwise) => {
    expect(viewChangeRejection(sample, viewChangeFrom(2, otherwise).body)).toBe(
      'bad-prepared-proof',
    );
  });
});

describe('the stable checkpoint of a VIEW-CHANGE', () => {
  it('[V2] is what its CHECKPOINTs prove', () => {
    expect(stableOf(viewChangeFrom(2, { stable: 8 }))).toEqual(stable);
    expect(stableOf(viewChangeFrom(2))).toBeUndefined();
  });
});
