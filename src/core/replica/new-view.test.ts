import { describe, expect, it } from 'vitest';

import { digestOfNewView } from '#core/pbft/digest.ts';
import type { NewView, Packet, Signed, ViewChange } from '#core/pbft/message.ts';
import { newViewOf } from '#core/pbft/new-view.ts';
import { isSignedAs } from '#core/pbft/signed.ts';
import { digest, replicaId, sequenceNumber, view } from '#core/pbft/terms.ts';

import { ProcessMachine } from './process-machine.ts';
import type { Report } from './report.ts';
import { c, delivered, said, vote } from './test-messages.ts';

function viewChangeOf(i: number, wanted = 1): Signed<ViewChange> {
  const { signed } = said(i, {
    type: 'view-change',
    nextView: view(wanted),
    stable: sequenceNumber(0),
    checkpoints: [],
    prepared: [],
    replica: replicaId(i),
  });
  if (!isSignedAs(signed, 'view-change')) throw new TypeError('it is a VIEW-CHANGE');
  return signed;
}

const sound: NewView = newViewOf(
  c,
  view(1),
  [0, 1, 3].map((i) => viewChangeOf(i)),
);

/** A NEW-VIEW for view 1 of its primary, changed. */
function newView(change: Partial<NewView> = {}, signer = 1): Packet {
  return said(signer, { ...sound, ...change });
}

const extra: NewView['prePrepares'] = [
  {
    body: {
      type: 'pre-prepare',
      view: view(1),
      sequence: sequenceNumber(1),
      digest: digest('0'.repeat(64)),
    },
    signer: 1,
    signature: 'own',
  },
];

/** Replica 2, waiting for view 1 or still in view 0, and what it reports of the last packet. */
function reportsOf(waits: boolean, ...packets: readonly Packet[]): readonly Report[] {
  const machine = ProcessMachine.start(2, c, { verify: true });
  machine.turn(0, { type: 'start' }, null);
  if (waits) machine.turn(500, { type: 'expire' }, null);
  let reports: readonly Report[] = [];
  for (const packet of packets) {
    ({ reports } = machine.turn(1000, delivered(packet), null));
    machine.commit();
  }
  return reports;
}

const forged: Signed<ViewChange> = { ...viewChangeOf(3), signature: '0'.repeat(128) };

const invalid: readonly (readonly [string, Packet, string])[] = [
  ['[A-V7] with an entry too many', newView({ prePrepares: extra }), 'wrong-order'],
  [
    '[A-V8] of Q - 1 VIEW-CHANGEs',
    newView({ viewChanges: sound.viewChanges.slice(1) }),
    'bad-view-changes',
  ],
  [
    '[A-V8] with one replica twice',
    newView({ viewChanges: [viewChangeOf(1), viewChangeOf(3), viewChangeOf(3)] }),
    'bad-view-changes',
  ],
  [
    '[A-V8] with a VIEW-CHANGE for another view',
    newView({ viewChanges: [viewChangeOf(0), viewChangeOf(1), viewChangeOf(3, 5)] }),
    'bad-view-changes',
  ],
  [
    '[A-V8] with a forged VIEW-CHANGE',
    newView({ viewChanges: [viewChangeOf(0), viewChangeOf(1), forged] }),
    'bad-signature',
  ],
];

/** What is wrong with the order of `extra`, in words. */
const tooMany = 'O says 0000 at 1, V implies nothing more';

describe('a NEW-VIEW', () => {
  it.each([true, false])('begins the view for who waits for it: %s', (waits) => {
    expect(reportsOf(waits, newView())[0]).toEqual({
      type: 'new-view',
      view: 1,
      digest: digestOfNewView(c, sound),
      primary: 1,
      minSequence: 0,
      maxSequence: 0,
      entries: [],
      viewChanges: [0, 1, 3].map((replica) => ({ replica, stable: 0, prepared: [] })),
      signers: [0, 1, 3],
    });
  });

  it.each(invalid)('%s condemns its primary', (_, packet, reason) => {
    expect(reportsOf(true, packet)).toMatchObject([
      { type: 'rejected', reason },
      { type: 'view-change', view: 2, cause: 'invalid-new-view' },
    ]);
  });

  it.each(invalid)('%s moves nobody who does not wait for it', (_, packet, reason) => {
    const told = reason === 'wrong-order' ? { detail: tooMany } : {};
    expect(reportsOf(false, packet)).toEqual([{ type: 'rejected', reason, ...told }]);
  });

  it('[A-V9] of another than the primary is refused, and condemns nobody', () => {
    expect(reportsOf(true, newView({}, 3))).toEqual([
      { type: 'rejected', reason: 'not-the-primary' },
    ]);
  });

  it('[A-V17] that differs from the accepted one convicts the primary', () => {
    const other = newViewOf(
      c,
      view(1),
      [1, 2, 3].map((i) => viewChangeOf(i)),
    );

    expect(reportsOf(true, newView(), newView(other))).toMatchObject([
      { type: 'rejected', reason: 'conflicting-new-view' },
      { type: 'evidence', culprit: 1, kind: 'new-view', view: 1 },
      { type: 'view-change', view: 2, cause: 'faulty-primary' },
    ]);
  });

  it('counts what came before it', () => {
    const prepare = said(3, {
      type: 'prepare',
      view: view(1),
      sequence: sequenceNumber(1),
      digest: digest('0'.repeat(64)),
      replica: replicaId(3),
    });

    expect(reportsOf(true, prepare)).toEqual([]);
    expect(reportsOf(true, prepare, newView())).toMatchObject([
      { type: 'new-view' },
      { type: 'counted', kind: 'prepare', view: 1, signer: 3 },
    ]);
    expect(reportsOf(true, prepare, prepare)).toEqual([{ type: 'rejected', reason: 'duplicate' }]);
  });

  it('ends what was said in the view before', () => {
    expect(reportsOf(true, newView(), vote('prepare', 3))).toEqual([
      { type: 'rejected', reason: 'another-view' },
    ]);
  });
});
