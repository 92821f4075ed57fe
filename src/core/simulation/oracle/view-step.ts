import {
  adoptOrder,
  isWhole,
  onAgreement,
  onCheckpoint,
  say,
  stabilise,
  type Turn,
} from './place-step.ts';
import { isSoundNewView, isSoundViewChange, orderFrom, primaryIn } from './proofs.ts';
import { newPlace, type Place, type StepReplica } from './step-replica.ts';
import {
  type SymbolicNewView,
  type SymbolicPrePrepare,
  type SymbolicProof,
  type SymbolicViewChange,
  type SymbolicVote,
} from './symbols.ts';

/** Leaves the view, pbft.md 1.10: no more votes in it, and what has prepared goes along. */
export function changeView(turn: Turn, view: number): void {
  const { me } = turn;
  moveTo(me, view);
  me.phase = 'changing-view';
  const { id: by, low: stable, stable: checkpoints } = me;
  const prepared = baggageIn(turn);
  const message = { type: 'view-change', view, stable, checkpoints, prepared, by } as const;
  me.viewChanges.set(by, message);
  say(turn, message);
  takeUpEarly(turn);
  consider(turn);
}

/** P: of each place the proof of the highest view. */
function baggageIn({ me, settings }: Turn): readonly SymbolicProof[] {
  const isKept = ([sequence]: readonly [number, SymbolicProof]): boolean =>
    settings.leftOut !== 'lost-lock' || !me.lost.includes(sequence);
  return [...me.prepared]
    .filter(isKept)
    .toSorted(([a], [b]) => a - b)
    .map(([, proof]) => proof);
}

/** VIEW-CHANGE: the highest of each replica counts. */
export function onViewChange(turn: Turn, message: SymbolicViewChange): void {
  const { me, settings } = turn;
  const { view, by } = message;
  if (!isAhead(me, view) || (me.viewChanges.get(by)?.view ?? -1) >= view) return;
  if (!isSoundViewChange(settings, message)) return;
  me.viewChanges.set(by, message);
  consider(turn);
}

/** f + 1 others above make a replica join, at the smallest; Q make the primary begin the view. */
function consider(turn: Turn): void {
  const { me, settings } = turn;
  const above = [...me.viewChanges.values()].filter(
    ({ by, view }) => by !== me.id && view > me.view,
  );
  if (above.length > settings.f) {
    return changeView(turn, Math.min(...above.map(({ view }) => view)));
  }
  if (me.phase !== 'changing-view' || primaryIn(me.view, settings) !== me.id) return;
  const fitting = [...me.viewChanges.values()].filter(({ view }) => view === me.view);
  if (fitting.length < settings.quorum) return;
  const others = fitting.filter(({ by }) => by !== me.id).toSorted((a, b) => a.by - b.by);
  const mine = fitting.filter(({ by }) => by === me.id);
  const viewChanges = [...mine, ...others.slice(0, settings.quorum - 1)].toSorted(
    (a, b) => a.by - b.by,
  );
  const { view, id: by } = me;
  const order = orderFrom(settings, view, viewChanges);
  const message = { type: 'new-view', view, viewChanges, order, by } as const;
  say(turn, message);
  enter(turn, message);
}

/** NEW-VIEW: it proves itself, or its primary faulty to who waits for it. */
export function onNewView(turn: Turn, message: SymbolicNewView): void {
  const { me, settings } = turn;
  const isSigned = message.by === primaryIn(message.view, settings);
  if (me.newView?.view === message.view) {
    if (isSigned && JSON.stringify(me.newView) !== JSON.stringify(message)) me.isForsaken = true;
    return;
  }
  if (!isAhead(me, message.view) || !isSigned) return;
  if (isSoundNewView(settings, message)) return enter(turn, message);
  if (me.phase === 'changing-view' && me.view === message.view) me.isForsaken = true;
}

function enter(turn: Turn, message: SymbolicNewView): void {
  const { me, settings, outputs } = turn;
  if (message.view > me.view) moveTo(me, message.view);
  me.phase = 'normal';
  me.newView = message;
  const highest = message.viewChanges.reduce((a, b) => (b.stable > a.stable ? b : a));
  me.fixedUpTo = Math.max(highest.stable, ...message.order.map(({ sequence }) => sequence));
  if (highest.stable > me.low) takeStable(turn, highest);
  adoptOrder(turn);
  me.next = Math.max(me.low, me.lastExecuted, me.fixedUpTo) + 1;
  const primary = primaryIn(me.view, settings);
  if (primary !== me.id) {
    for (const request of me.queue.values()) outputs.push({ to: primary, message: request });
  }
  takeUpEarly(turn);
}

/** min-s with its proof: stable here too, if this replica has executed as far. */
function takeStable(turn: Turn, { stable, checkpoints }: SymbolicViewChange): void {
  const { me } = turn;
  const mine = me.claims.get(stable)?.find(({ by }) => by === me.id);
  for (const claim of checkpoints) if (claim.by !== me.id) onCheckpoint(turn, claim);
  if (mine !== undefined && mine.digest === checkpoints[0]?.digest) stabilise(turn, checkpoints);
}

/** The log of another view begins: COMMITs and decisions are what is left of the old one. */
function moveTo(me: StepReplica, view: number): void {
  me.view = view;
  me.newView = undefined;
  me.fixedUpTo = 0;
  me.isForsaken = false;
  me.proposed.clear();
  const known = [...me.places.values()];
  me.lost = known.flatMap(({ sequence, accepted, isPrepared }) =>
    accepted !== undefined && !isPrepared ? [sequence] : [],
  );
  me.places = new Map(known.flatMap((place) => carriedOver(place)));
}

function carriedOver({ sequence, commits, older, decided }: Place): [number, Place][] {
  if (commits.length + older.length === 0 && decided === undefined) return [];
  const outdated = new Set(commits.map(({ by }) => by));
  const all = [...older.filter(({ by }) => !outdated.has(by)), ...commits];
  return [[sequence, { ...newPlace(sequence), older: all, decided }]];
}

// Messages of a view that has not begun, 1.5

/** Whether it is kept until its view begins. */
export function isEarly(
  { view, phase }: StepReplica,
  { view: other, type }: SymbolicPrePrepare | SymbolicVote,
): boolean {
  const isAwaited = phase === 'changing-view' && other === view && type !== 'commit';
  return isAwaited || other === view + 1;
}

/** Keeps it: the first of each signer, type and place of the highest view. */
export function keepEarly(
  { me, settings }: Turn,
  message: SymbolicPrePrepare | SymbolicVote,
): void {
  const { type, view, sequence, by } = message;
  const key = `${by} ${type} ${sequence}`;
  const isPrimary = by === primaryIn(view, settings);
  if (sequence <= me.low || sequence > me.low + settings.logSize) return;
  if ((me.early.get(key)?.view ?? -1) >= view) return;
  if (type === 'pre-prepare' && !(isPrimary && isWhole(settings, message))) return;
  if (type === 'prepare' && isPrimary) return;
  me.early.set(key, message);
}

/** What was kept for the view that is here now. */
function takeUpEarly(turn: Turn): void {
  const { me } = turn;
  for (const [key, message] of me.early) {
    if (isEarly(me, message)) continue;
    me.early.delete(key);
    if (message.view === me.view) onAgreement(turn, message);
  }
}

function isAhead({ view, phase }: StepReplica, other: number): boolean {
  return other > view || (other === view && phase === 'changing-view');
}

/** Which timer runs, pbft.md 1.12. */
export function timerOf({
  settings,
  me,
}: Pick<Turn, 'settings' | 'me'>): 'request' | 'view-change' | undefined {
  const isWaiting = me.queue.size > 0;
  if (me.phase === 'normal' && (me.view === 0 || me.active === me.view)) {
    return isWaiting && primaryIn(me.view, settings) !== me.id ? 'request' : undefined;
  }
  if (me.phase === 'normal') return isWaiting ? 'view-change' : undefined;
  const asking = [...me.viewChanges.values()].filter(({ view }) => view >= me.view);
  return asking.length >= settings.quorum ? 'view-change' : undefined;
}
