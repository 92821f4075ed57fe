import { describe, expect, it } from 'vitest';

import type { PreparedPlace } from '#core/replica/prepared-place.ts';
import type { Happening } from '#core/simulation/trace.ts';

import { Forensics } from './forensics.ts';
import { a, b } from './hand-made-trace.ts';

function culpritsOf(happenings: readonly Happening[]): readonly number[] {
  const forensics = new Forensics(4);
  for (const happening of happenings) {
    forensics.observe({ id: 0, atMs: 0, process: 1, ...happening });
  }
  return forensics.culprits;
}

/** A view that began with what replica 2 said of h and of what it had prepared. */
function begun(stable: number, prepared: readonly PreparedPlace[]): Happening {
  return {
    type: 'new-view',
    view: 1,
    primary: 1,
    minSequence: 0,
    maxSequence: 0,
    entries: [],
    viewChanges: [{ replica: 2, stable, prepared }],
    signers: [2],
    digest: a,
  };
}

describe('forensics', () => {
  it('names who signed two votes for one slot, as two correct replicas counted them', () => {
    const vote = { type: 'counted', kind: 'commit', view: 0, sequence: 1, signer: 3 } as const;

    expect(
      culpritsOf([
        { ...vote, digest: a },
        { ...vote, digest: b },
      ]),
    ).toEqual([3]);
  });

  it('names the primary of two accepted proposals', () => {
    const accepted = { type: 'pre-prepared', view: 5, sequence: 1 } as const;

    expect(
      culpritsOf([
        { ...accepted, digest: a },
        { ...accepted, digest: b },
      ]),
    ).toEqual([1]);
  });

  it('names whom a filed contradiction proves faulty', () => {
    expect(
      culpritsOf([{ type: 'evidence', culprit: 2, kind: 'prepare', sequence: 1, digests: [a, b] }]),
    ).toEqual([2]);
  });

  it('names who asked two replicas for one view with different VIEW-CHANGEs', () => {
    const asked = { type: 'counted', kind: 'view-change', view: 1, signer: 3 } as const;

    expect(
      culpritsOf([
        { ...asked, digest: a },
        { ...asked, digest: b },
      ]),
    ).toEqual([3]);
    expect(
      culpritsOf([
        { ...asked, digest: a },
        { ...asked, view: 2, digest: b },
      ]),
    ).toEqual([]);
  });

  it('names the primary with whose two NEW-VIEWs a view began', () => {
    const begun = {
      type: 'new-view',
      view: 2,
      primary: 2,
      minSequence: 0,
      maxSequence: 0,
      entries: [],
      viewChanges: [],
      signers: [0, 1, 2],
    } as const;

    expect(
      culpritsOf([
        { ...begun, digest: a },
        { ...begun, digest: b },
      ]),
    ).toEqual([2]);
  });

  it('names who hides in V what it has committed, whoever has counted the COMMIT', () => {
    const commit = { type: 'counted', kind: 'commit', view: 0, sequence: 3, signer: 2 } as const;

    expect(culpritsOf([{ ...commit, digest: a }, begun(0, [])])).toEqual([2]);
    expect(culpritsOf([begun(0, []), { ...commit, digest: a }])).toEqual([2]);
    const taken = [{ sequence: 3, view: 0, digest: a }];
    expect(culpritsOf([{ ...commit, digest: a }, begun(0, taken)])).toEqual([]);
    expect(culpritsOf([{ ...commit, digest: a }, begun(3, [])])).toEqual([]);
    expect(culpritsOf([{ ...commit, view: 1, digest: a }, begun(0, [])])).toEqual([]);
  });

  it('names nobody who said the same twice', () => {
    const vote = {
      type: 'counted',
      kind: 'prepare',
      view: 0,
      sequence: 1,
      signer: 3,
      digest: a,
    } as const;

    expect(culpritsOf([vote, vote])).toEqual([]);
  });
});
