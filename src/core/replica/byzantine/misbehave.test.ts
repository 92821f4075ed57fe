import { describe, expect, it } from 'vitest';

import { Random } from '#core/base/random.ts';
import { defaults as c } from '#core/pbft/configuration.ts';
import { nullDigest } from '#core/pbft/digest.ts';
import type { Message, NewView, ProcessId, ViewChange } from '#core/pbft/message.ts';
import { newViewOf, newViewRejection } from '#core/pbft/new-view.ts';
import { own } from '#core/pbft/signed.ts';
import { digest, replicaId, sequenceNumber, view } from '#core/pbft/terms.ts';
import { viewChangeRejection } from '#core/pbft/view-change.ts';
import type { Behaviour, Outgoing } from '#core/replica/process.ts';
import { signed, verifies } from '#core/replica/test-cluster.ts';

import { newViewFaults, viewChangeFaults } from './behaviour-entry.ts';
import { misbehave } from './misbehave.ts';
import { type Misdeed, nobodysSignature, type Villain } from './misdeed.ts';

const mine = replicaId(1);
const d = digest('d'.repeat(64));
const other = digest('e'.repeat(64));

const villain = (turn = 1): Villain => ({
  id: mine,
  configuration: c,
  view: view(0),
  lowWatermark: sequenceNumber(0),
  turn,
  random: new Random(`test/${turn}`),
  batchOf: () => [],
});

function toOthers(body: Message): readonly Outgoing[] {
  const packet = { signed: own(body, mine) };
  return [0, 2, 3].map((to) => ({ to, packet }));
}

function deedOf(behaviour: Behaviour, body: Message, turn = 1): Misdeed {
  return misbehave(behaviour, villain(turn), toOthers(body));
}

function said({ outgoing }: Misdeed, to: ProcessId): readonly Message[] {
  return outgoing.filter((message) => message.to === to).map(({ packet }) => packet.signed.body);
}

const place = { view: view(0), sequence: sequenceNumber(1), digest: d } as const;
const prepare = { type: 'prepare', ...place, replica: mine } as const;
const commit = { type: 'commit', ...place, replica: mine } as const;
const proposal = { type: 'pre-prepare', ...place } as const;
const chunk = {
  type: 'data',
  kind: 'chunk',
  sequence: sequenceNumber(8),
  digest: d,
  index: 0,
  items: [['x', '1']],
  replica: mine,
} as const;
const viewChange: ViewChange = {
  type: 'view-change',
  nextView: view(1),
  stable: sequenceNumber(0),
  checkpoints: [],
  prepared: [
    {
      prePrepare: own(proposal, 0),
      prepares: [2, 3].map((i) => own({ ...prepare, replica: replicaId(i) }, i)),
    },
  ],
  replica: mine,
};
const newView: NewView = newViewOf(
  c,
  view(1),
  [0, 1, 2].map((i) => own({ ...viewChange, replica: replicaId(i) }, i)),
);

describe('what leaves a Byzantine replica', () => {
  it.each([
    ['next', 2],
    ['settled', 0],
    ['beyond', 17],
    ['far', Number.MAX_SAFE_INTEGER],
  ])('wrong-sequence (%s) puts a vote at %i', (how, sequence) => {
    expect(said(deedOf({ behaviour: 'wrong-sequence', how }, prepare), 0)).toEqual([
      { ...prepare, sequence },
    ]);
  });

  it('skip-sequence proposes some places later, and votes where it should', () => {
    const behaviour = { behaviour: 'skip-sequence', count: 3 } as const;

    expect(said(deedOf(behaviour, proposal), 2)).toEqual([{ ...proposal, sequence: 4 }]);
    expect(said(deedOf(behaviour, commit), 2)).toEqual([commit]);
  });

  it('exhaust-sequence proposes at H, then beyond it', () => {
    const places = [1, 2, 3].map((sequence) => {
      const body = { ...proposal, sequence: sequenceNumber(sequence) };
      return said(deedOf({ behaviour: 'exhaust-sequence' }, body), 2)[0];
    });

    expect(places).toMatchObject([
      { sequence: 16 },
      { sequence: 17 },
      { sequence: Number.MAX_SAFE_INTEGER },
    ]);
  });

  it('forge-sender speaks for another, under no signature of the other', () => {
    const { outgoing } = deedOf({ behaviour: 'forge-sender' }, commit);

    expect(outgoing.length).toBe(6);
    for (const { packet } of outgoing) {
      const { signed: left } = signed(packet, c);
      expect(left.body).not.toMatchObject({ replica: mine });
      expect(left.signer === mine || !verifies(c, left)).toBe(true);
    }
  });

  it('delay lets everything leave, and late', () => {
    const { outgoing } = deedOf({ behaviour: 'delay', ms: 70 }, prepare);

    expect(outgoing).toEqual(toOthers(prepare).map((message) => ({ ...message, delayMs: 70 })));
  });

  it('lie-state gives other pieces, and every other time right ones if it alternates', () => {
    expect(said(deedOf({ behaviour: 'lie-state', how: 'bad-chunk' }, chunk), 0)).toEqual([
      { ...chunk, items: [['x', 'not 1']] },
    ]);
    expect(said(deedOf({ behaviour: 'lie-state', how: 'truncated' }, chunk), 0)).toEqual([
      { ...chunk, items: [] },
    ]);
    const alternating = { behaviour: 'lie-state', how: 'alternate' } as const;
    expect(said(deedOf(alternating, chunk, 2), 0)).toEqual([chunk]);
    expect(said(deedOf(alternating, chunk, 3), 0)).not.toEqual([chunk]);
  });

  it('flood says so much more with what it says, and nothing by itself', () => {
    const behaviour = { behaviour: 'flood', count: 5 } as const;

    expect(said(deedOf(behaviour, prepare), 3).length).toBe(6);
    expect(misbehave(behaviour, villain(), [])).toEqual({ outgoing: [], reports: [] });
  });

  it('[A-X1] collude votes before each for what its partner has proposed to it', () => {
    const confided = [
      { to: 2, ...place },
      { to: 3, ...place, digest: other },
    ];
    const deed = deedOf({ behaviour: 'collude', with: 0, confided }, prepare);

    expect(said(deed, 0)).toEqual([prepare]);
    expect(said(deed, 2)).toEqual([prepare, commit]);
    expect(said(deed, 3)).toEqual([
      { ...prepare, digest: other },
      { ...commit, digest: other },
    ]);
  });

  it.each([
    ['view-up', { view: 1 }],
    ['view-down', {}],
    ['place-up', { sequence: 2 }],
    ['place-down', { sequence: 0 }],
    ['null-digest', { digest: nullDigest(c) }],
    ['last-twice', {}],
  ])('mutate: %s is one field off, towards its targets', (how, change) => {
    const deed = deedOf({ behaviour: 'mutate', how, targets: [0, 2] }, prepare);

    expect(said(deed, 0)).toEqual([{ ...prepare, ...change }]);
    expect(said(deed, 2)).toEqual(said(deed, 0));
    expect(said(deed, 3)).toEqual([prepare]);
  });

  it.each([
    ['view-up', { nextView: 2 }],
    ['place-up', { stable: 1 }],
    ['first-away', { prepared: viewChange.prepared.slice(1) }],
    ['last-twice', { prepared: [...viewChange.prepared, ...viewChange.prepared.slice(-1)] }],
  ])('mutate: %s changes a VIEW-CHANGE', (how, change) => {
    expect(said(deedOf({ behaviour: 'mutate', how }, viewChange), 0)).toEqual([
      { ...viewChange, ...change },
    ]);
  });

  it('random does the same in the same turn, and in some turns something else', () => {
    const turns = Array.from({ length: 20 }, (_, turn) => turn);
    const all = turns.map((turn) => deedOf({ behaviour: 'random' }, prepare, turn));

    expect(turns.map((turn) => deedOf({ behaviour: 'random' }, prepare, turn))).toEqual(all);
    expect(new Set(all.map((deed) => JSON.stringify(deed))).size).toBeGreaterThan(5);
  });
});

/** Whether a message has a signature in it that is nobody's. */
function holdsForgery(body: Message): boolean {
  return JSON.stringify(body).includes(nobodysSignature);
}

describe('a VIEW-CHANGE that is faulty', () => {
  const valid = ['older-checkpoint', 'two-faced'];

  it.each(viewChangeFaults.filter((fault) => !valid.includes(fault)))(
    '[A-V3] is refused: %s',
    (how) => {
      const [body] = said(deedOf({ behaviour: 'bad-view-change', how }, viewChange), 3);

      expect(body).toMatchObject({ type: 'view-change', nextView: 1, replica: 1 });
      const refused = body?.type === 'view-change' && viewChangeRejection(c, body) !== undefined;
      expect(refused || (body !== undefined && holdsForgery(body))).toBe(true);
    },
  );

  it('[A-V5] is a valid one for some, and another valid one for the rest', () => {
    const deed = deedOf({ behaviour: 'bad-view-change', how: 'two-faced' }, viewChange);

    expect(said(deed, 0)).toEqual([viewChange]);
    expect(said(deed, 3)).toEqual([{ ...viewChange, prepared: [] }]);
  });
});

describe('a NEW-VIEW that is faulty', () => {
  it.each(newViewFaults.filter((fault) => fault !== 'two-faced'))(
    '[A-V7, A-V8] is refused: %s',
    (how) => {
      const [body] = said(deedOf({ behaviour: 'bad-new-view', how }, newView), 3);

      expect(body).not.toEqual(newView);
      const refused = body?.type === 'new-view' && newViewRejection(c, body) !== undefined;
      const isUnsigned = how === 'entry-unsigned' || how === 'forged-vote';
      expect(refused || isUnsigned).toBe(true);
    },
  );

  it('[A-V17] has a valid rival for the upper half', () => {
    const deed = deedOf({ behaviour: 'bad-new-view', how: 'two-faced' }, newView);
    const [rival] = said(deed, 3);

    expect(said(deed, 0)).toEqual([newView]);
    expect(rival).not.toEqual(newView);
    expect(rival?.type === 'new-view' ? newViewRejection(c, rival) : 'another').toBeUndefined();
  });
});
