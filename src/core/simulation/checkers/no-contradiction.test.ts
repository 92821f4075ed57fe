import { describe, expect, it } from 'vitest';

import { a, b, byzantine, findingsIn, sent, violation } from './hand-made-trace.ts';
import { noContradiction } from './no-contradiction.ts';

const restarted = { type: 'restarted', incarnation: 1, disk: 'kept' } as const;

describe('no-contradiction', () => {
  it.each([
    ['pre-prepare', 'pre-prepare'],
    ['prepare', 'prepare'],
    ['commit', 'commit'],
    ['prepare', 'commit'],
    ['pre-prepare', 'commit'],
    ['checkpoint', 'checkpoint'],
  ] as const)(
    '[I9] finds a replica that signs %s and %s with two digests, across a restart too',
    (first, second) => {
      const trace = [
        [2, sent({ kind: first, signer: 2, digest: a })],
        [2, restarted],
        [2, sent({ kind: second, signer: 2, digest: b })],
      ] as const;

      expect(findingsIn(noContradiction(), trace)).toMatchObject([
        violation('no-contradiction', { sequence: 1, evidence: [0, 2] }),
      ]);
    },
  );

  it('[I9] allows the same again, another slot, and what somebody else signed', () => {
    const trace = [
      [2, sent({ kind: 'prepare', signer: 2, digest: a })],
      [2, sent({ kind: 'prepare', signer: 2, digest: a })],
      [2, sent({ kind: 'prepare', signer: 2, digest: b, sequence: 2 })],
      [2, sent({ kind: 'pre-prepare', signer: 0, digest: b })],
      [2, sent({ kind: 'checkpoint', signer: 2, digest: b })],
    ] as const;

    expect(findingsIn(noContradiction(), trace)).toEqual([]);
  });

  it('[I9] lets a Byzantine replica contradict itself', () => {
    const trace = [
      [2, byzantine],
      [2, sent({ kind: 'prepare', signer: 2, digest: a })],
      [2, sent({ kind: 'prepare', signer: 2, digest: b })],
    ] as const;

    expect(findingsIn(noContradiction(), trace)).toEqual([]);
  });

  it.each(['view-change', 'new-view'] as const)(
    '[I9] finds two %ss of one replica for one view',
    (kind) => {
      const trace = [
        [2, sent({ kind, signer: 2, view: 1, content: a })],
        [2, sent({ kind, signer: 2, view: 1, content: a })],
        [2, sent({ kind, signer: 2, view: 2, content: b })],
        [2, sent({ kind, signer: 2, view: 1, content: b })],
      ] as const;
      const headers = trace.map(([process, { header, ...rest }]) => {
        const { digest: _, sequence: __, ...about } = header;
        return [process, { ...rest, header: about }] as const;
      });

      expect(findingsIn(noContradiction(), headers)).toMatchObject([
        violation('no-contradiction', { evidence: [0, 3] }),
      ]);
    },
  );

  it('[I9] finds a vote in a view that the replica has left, unless it is said again', () => {
    const asked = sent({ kind: 'view-change', signer: 2, view: 1 });
    const vote = sent({ kind: 'commit', signer: 2, view: 0 });

    expect(
      findingsIn(noContradiction(), [
        [2, vote],
        [2, asked],
        [2, vote],
        [2, sent({ kind: 'commit', signer: 2, view: 1 })],
      ]),
    ).toEqual([]);
    expect(
      findingsIn(noContradiction(), [
        [2, asked],
        [2, vote],
      ]),
    ).toMatchObject([violation('no-contradiction', { sequence: 1, evidence: [0, 1] })]);
  });
});
