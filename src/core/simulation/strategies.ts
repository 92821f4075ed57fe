/**
 * Attacks and accidents with a plan (pbft.md 2), each told in steps. Who and when is drawn; what the
 * plan needs is not. At most f replicas are Byzantine or forget: each of these runs must be safe and live.
 */
import { faultsTolerated } from '#core/pbft/quorum.ts';

import type { Draft } from './random-faults.ts';
import type { Step } from './scenario.ts';

/** A plan by its name. */
export interface Strategy {
  readonly name: string;
  readonly steps: (draft: Draft) => readonly Step[];
}

/** Every plan. */
export const strategies: readonly Strategy[] = [
  { name: 'primary crashes after its proposal', steps: primaryCrashes },
  { name: 'primaries are silent one after the other', steps: silentPrimaries },
  { name: 'equivocating primary', steps: equivocatingPrimary },
  { name: 'equivocating primary beside a partition', steps: equivocatingPrimaryWithCut },
  { name: 'primary cut off', steps: primaryCutOff },
  { name: 'primary that is not heard, and hears', steps: primaryNotHeard },
  { name: 'partition in a view change', steps: partitionInViewChange },
  { name: 'prepared at one, then two view changes', steps: lostLock },
  { name: 'everybody times out', steps: everybodyTimesOut },
  { name: 'view changes in a row', steps: viewChangesInARow },
  { name: 'new view withheld from some', steps: newViewWithheld },
  { name: 'straggler beyond the window', steps: straggler },
  { name: 'wiped backup', steps: wipedBackup },
  { name: 'primary forgets', steps: primaryForgets },
  { name: 'everybody crashes in a view change', steps: everybodyCrashes },
  { name: 'liar among timeouts', steps: liarAmongTimeouts },
  { name: 'new primary lies about the new view', steps: badNewPrimary },
  { name: 'primary censors a client', steps: censor },
  { name: 'somebody hides what has prepared', steps: hidePrepared },
];

function replicasOf({ replicas }: Draft): readonly number[] {
  return Array.from({ length: replicas }, (_, i) => i);
}

function primaryCrashes({ random }: Draft): readonly Step[] {
  const reaches = random.pick(['pre-prepared', 'prepared', 'committed', 'executed'] as const);
  const when = { replica: 0, reaches, sequence: 1 };
  const point = random.pick(['before-commit', 'after-commit', 'after-send'] as const);
  return [
    { do: 'crash', replica: 0, point, when },
    { do: 'restart', replica: 0, when, after: random.pick([30, 700, 3000]) },
  ];
}

function silentPrimaries({ replicas, random }: Draft): readonly Step[] {
  const count = faultsTolerated(replicas);
  return Array.from({ length: count }, (_, replica) => ({
    do: 'byzantine',
    replica,
    behaviour: 'silent',
    at: random.pick([0, 0, 60, 120]),
  }));
}

function equivocatingPrimary(draft: Draft): readonly Step[] {
  const { random } = draft;
  const split = replicasOf(draft).filter((i) => i > 0 && random.next() < 0.5);
  return [{ do: 'byzantine', replica: 0, behaviour: 'equivocate', split }];
}

function equivocatingPrimaryWithCut(draft: Draft): readonly Step[] {
  const { random, replicas } = draft;
  const lonely = random.integer(1, replicas - 1);
  const rest = replicasOf(draft).filter((i) => i !== lonely);
  return [
    ...equivocatingPrimary(draft),
    { do: 'partition', groups: [[...rest, 'c0', 'c1']], at: random.integer(10, 400) },
    { do: 'heal', at: 1500 },
  ];
}

function primaryCutOff(draft: Draft): readonly Step[] {
  const rest = replicasOf(draft).slice(1);
  return [
    { do: 'partition', groups: [[0], [...rest, 'c0', 'c1']], at: draft.random.integer(0, 120) },
    { do: 'heal', at: draft.random.integer(600, 4000) },
  ];
}

function primaryNotHeard(draft: Draft): readonly Step[] {
  const others = replicasOf(draft).slice(1);
  const out = draft.random.next() < 0.5;
  const cut = others.map((i): readonly [number, number] => (out ? [0, i] : [i, 0]));
  return [
    { do: 'partition', cut, at: draft.random.integer(0, 120) },
    { do: 'heal', at: draft.random.integer(600, 4000) },
  ];
}

function partitionInViewChange(draft: Draft): readonly Step[] {
  const { random } = draft;
  const all = replicasOf(draft);
  const left = all.filter(() => random.next() < 0.5);
  const right = all.filter((i) => !left.includes(i));
  const witness = random.integer(1, all.length - 1);
  const reaches = random.pick(['view-change', 'new-view'] as const);
  const when = { replica: witness, reaches };
  return [
    { do: 'crash', replica: 0, at: 60 },
    { do: 'restart', replica: 0, at: random.pick([200, 2000]) },
    { do: 'partition', groups: [left, right], when, after: random.integer(0, 40) },
    { do: 'heal', when, after: random.integer(100, 3000) },
  ];
}

/** A-V6: prepared and perhaps committed at one in view 0, proposed again in view 1 and not prepared there, then view 2. */
function lostLock({ random, replicas }: Draft): readonly Step[] {
  const lucky = random.integer(1, replicas - 1);
  const others = Array.from({ length: replicas }, (_, i) => i).filter((i) => i !== lucky);
  return [
    ...others.map((to): Step => ({ do: 'drop', match: { type: 'commit', view: 0, to } })),
    { do: 'drop', match: { type: 'data' }, count: 20 },
    { do: 'drop', match: { type: 'prepare', view: 1 } },
    ...others.map((replica): Step => ({
      do: 'timeout',
      replica,
      when: { replica: lucky, reaches: 'prepared' },
      after: 150,
    })),
  ];
}

function everybodyTimesOut(draft: Draft): readonly Step[] {
  const at = draft.random.integer(20, 300);
  return replicasOf(draft).flatMap((replica): readonly Step[] => {
    if (draft.random.next() < 0.2) return [];
    return [{ do: 'timeout', replica, at: at + draft.random.integer(0, 30) }];
  });
}

function viewChangesInARow(draft: Draft): readonly Step[] {
  const { random } = draft;
  return Array.from({ length: random.integer(2, 4) }, (_, i) => i).flatMap((round) =>
    replicasOf(draft).map((replica): Step => ({
      do: 'timeout',
      replica,
      at: 60 + 90 * round + random.integer(0, 40),
    })),
  );
}

/** A-V9: some hear nothing of the NEW-VIEW but what STATUS brings. */
function newViewWithheld(draft: Draft): readonly Step[] {
  const { random } = draft;
  const deaf = random.integer(2, draft.replicas - 1);
  return [
    { do: 'drop', match: { type: 'new-view', to: deaf }, count: random.integer(1, 3) },
    { do: 'drop', match: { type: 'view-change', to: deaf }, count: random.integer(1, 6) },
    ...everybodyTimesOut(draft),
  ];
}

/** A-K8: a replica sleeps through more than a window. */
function straggler({ random, replicas, clients }: Draft): readonly Step[] {
  const lonely = random.integer(0, replicas - 1);
  const rest = Array.from({ length: replicas }, (_, i) => i).filter((i) => i !== lonely);
  const listeners = Array.from({ length: clients }, (_, i): `c${number}` => `c${i}`);
  return [
    { do: 'partition', groups: [[...rest, ...listeners]], at: random.integer(0, 50) },
    ...Array.from({ length: 12 }, (_, i): Step => ({
      do: 'submit',
      client: 0,
      operation: { put: ['x', String(i)] },
    })),
    { do: 'heal', at: 5000 },
  ];
}

function wipedBackup({ random, replicas }: Draft): readonly Step[] {
  const replica = random.integer(1, replicas - 1);
  const at = random.integer(40, 400);
  return [
    { do: 'restart', replica, disk: random.pick(['wiped', 'corrupt'] as const), at },
    { do: 'restart', replica, at: at + random.integer(1, 400) },
  ];
}

function primaryForgets({ random }: Draft): readonly Step[] {
  const sequence = random.integer(1, 2);
  const when = {
    replica: 0,
    reaches: random.pick(['pre-prepared', 'prepared'] as const),
    sequence,
  };
  const disk = random.pick(['wiped', 'lose-last'] as const);
  return [
    { do: 'crash', replica: 0, point: 'after-send', when },
    {
      do: 'restart',
      replica: 0,
      disk,
      when,
      after: random.integer(1, 200),
      ...(disk === 'lose-last' && { commits: random.integer(1, 3) }),
    },
  ];
}

/** A-S8 in the middle of a view change. */
function everybodyCrashes(draft: Draft): readonly Step[] {
  const { random } = draft;
  const when = {
    replica: random.integer(1, draft.replicas - 1),
    reaches: random.pick(['view-change', 'new-view'] as const),
  };
  return [
    ...replicasOf(draft).map((replica): Step => ({ do: 'timeout', replica, at: 70 })),
    ...replicasOf(draft).flatMap((replica): readonly Step[] => [
      { do: 'crash', replica, when, after: random.integer(0, 30) },
      { do: 'restart', replica, when, after: random.integer(31, 300) },
    ]),
  ];
}

/** A liar of any kind while the correct ones change views. */
function liarAmongTimeouts(draft: Draft): readonly Step[] {
  const { random, replicas } = draft;
  const behaviour = random.pick([
    'double-vote',
    'wrong-digest',
    'bad-signature',
    'equivocate',
  ] as const);
  return [
    { do: 'byzantine', replica: random.integer(0, Math.min(2, replicas - 1)), behaviour },
    ...viewChangesInARow(draft),
  ];
}

/** A-V7, A-V8: the NEW-VIEW that follows is wrong, and the next view comes at once. */
function badNewPrimary(draft: Draft): readonly Step[] {
  return [
    { do: 'byzantine', replica: 1, behaviour: 'bad-new-view' },
    ...draft.random.pick([primaryCutOff, everybodyTimesOut])(draft),
  ];
}

function censor({ random, clients }: Draft): readonly Step[] {
  const client = random.integer(0, clients - 1);
  return [
    { do: 'byzantine', replica: 0, behaviour: 'censor', client },
    { do: 'submit', client, operation: { add: ['counter', 1] }, at: random.integer(0, 100) },
  ];
}

/** A-V4: the intersection of quorums finds what one liar hides. */
function hidePrepared(draft: Draft): readonly Step[] {
  const { random, replicas } = draft;
  return [
    { do: 'byzantine', replica: random.integer(0, replicas - 1), behaviour: 'hide-prepared' },
    ...lostLock(draft),
  ];
}
