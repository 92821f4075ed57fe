import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ViewChangeCause } from '#core/replica/report.ts';

import { refusalOf } from './refusal.ts';

type NewViewReport = Extract<TraceEvent, { type: 'new-view' }>;
type VoteContent = NewViewReport['viewChanges'][number];

/** What a replica takes along: the certificate of a place, as P names it. */
type Carried = VoteContent['prepared'][number];

/** A VIEW-CHANGE for the view: who sent it, why, and what is in it. */
export interface ViewChangeVote {
  readonly replica: number;
  readonly event: number;
  readonly cause: ViewChangeCause;
  readonly stable: number;
  readonly prepared: readonly Carried[];
  /** Who else has counted it. */
  readonly countedBy: readonly number[];
  /** Whether it is one of V, on which the NEW-VIEW rests. */
  readonly isInV: boolean;
}

/** A certificate that V shows for a place, and who showed it. */
interface Claim {
  readonly view: number;
  readonly digest: string;
  readonly replicas: readonly number[];
}

/** How one place of O comes about. */
export interface OrderStep {
  readonly sequence: number;
  /** The highest view first: the first one is what O must say. */
  readonly claims: readonly Claim[];
  /** What O says; absent where it leaves the place out. */
  readonly said?: { readonly digest: string; readonly null: boolean };
  /** Whether O says what V implies. */
  readonly follows: boolean;
}

/** O, computed from V as the paper says. */
export interface OrderStory {
  /** The event of the replica whose reading of the NEW-VIEW this is. */
  readonly event: number;
  readonly reader: number;
  readonly signers: readonly number[];
  readonly minSequence: number;
  readonly minFrom: readonly number[];
  readonly maxSequence: number;
  readonly maxFrom: readonly number[];
  readonly steps: readonly OrderStep[];
}

/** What became of the NEW-VIEW at one replica. */
export interface ViewEntry {
  readonly replica: number;
  /** `unheard`: it began the view, and its NEW-VIEW reached nobody. */
  readonly state: 'began' | 'unheard' | 'entered' | 'refused' | 'asking' | 'elsewhere';
  readonly event?: number;
  readonly reason?: string;
  readonly detail?: string;
}

/** A change of views, from the first VIEW-CHANGE to the last replica that entered. */
export interface ViewChangeStory {
  readonly view: number;
  readonly primary: number;
  readonly votes: readonly ViewChangeVote[];
  readonly order: OrderStory | undefined;
  readonly entries: readonly ViewEntry[];
}

/** The views that somebody asked for or entered, rising. */
export function viewsAsked(events: readonly TraceEvent[]): readonly number[] {
  const views = new Set<number>();
  for (const event of events) {
    if (event.lost === true) continue;
    if ((event.type === 'view-change' || event.type === 'new-view') && event.view > 0) {
      views.add(event.view);
    }
  }
  return [...views].sort((a, b) => a - b);
}

/** The change to `view`, as far as `events` tell; O as `reader` read it, else as its primary or anyone else did. */
export function viewChangeStory(
  events: readonly TraceEvent[],
  replicas: number,
  view: number,
  reader?: number,
): ViewChangeStory {
  const primary = view % replicas;
  const told = events.filter((event) => event.lost !== true);
  const entered = told.filter(
    (event): event is NewViewReport => event.type === 'new-view' && event.view === view,
  );
  const read =
    entered.find(({ process }) => process === reader) ??
    entered.find(({ process }) => process === primary) ??
    entered[0];
  return {
    view,
    primary,
    votes: votesFor(told, view, read),
    order: read === undefined ? undefined : orderOf(read),
    entries: Array.from({ length: replicas }, (_, replica) =>
      entryOf(told, replica, { view, primary }),
    ),
  };
}

function votesFor(
  events: readonly TraceEvent[],
  view: number,
  read: NewViewReport | undefined,
): readonly ViewChangeVote[] {
  const counted = events.filter(
    (event) => event.type === 'counted' && event.kind === 'view-change' && event.view === view,
  );
  const votes = new Map<number, ViewChangeVote>();
  for (const event of events) {
    if (event.type !== 'view-change' || event.view !== view) continue;
    if (typeof event.process !== 'number') continue;
    const { process: replica, id, cause } = event;
    // What the reader was shown counts, not what the sender says of itself: it may have told each something else.
    const shown = read?.viewChanges.find((vote) => vote.replica === replica);
    votes.set(replica, {
      replica,
      event: id,
      cause,
      stable: shown?.stable ?? event.stable,
      prepared: shown?.prepared ?? event.prepared,
      countedBy: counted.flatMap((report) =>
        'signer' in report && report.signer === replica && typeof report.process === 'number'
          ? [report.process]
          : [],
      ),
      isInV: shown !== undefined,
    });
  }
  return [...votes.values()].sort((a, b) => a.replica - b.replica);
}

function orderOf(read: NewViewReport): OrderStory {
  const { viewChanges, entries } = read;
  const minSequence = Math.max(0, ...viewChanges.map(({ stable }) => stable));
  const above = viewChanges.flatMap(({ replica, prepared }) =>
    prepared
      .filter(({ sequence }) => sequence > minSequence)
      .map((place) => ({ ...place, replica })),
  );
  const maxSequence = Math.max(minSequence, ...above.map(({ sequence }) => sequence));
  const last = Math.max(maxSequence, ...entries.map(({ sequence }) => sequence));
  return {
    event: read.id,
    reader: typeof read.process === 'number' ? read.process : read.primary,
    signers: read.signers,
    minSequence,
    minFrom: viewChanges.filter(({ stable }) => stable === minSequence).map((vote) => vote.replica),
    maxSequence,
    maxFrom: above.filter(({ sequence }) => sequence === maxSequence).map((place) => place.replica),
    steps: Array.from({ length: last - minSequence }, (_, i) =>
      stepAt(
        minSequence + 1 + i,
        above.filter(({ sequence }) => sequence === minSequence + 1 + i),
        entries,
      ),
    ),
  };
}

function stepAt(
  sequence: number,
  shown: readonly (Carried & { readonly replica: number })[],
  entries: NewViewReport['entries'],
): OrderStep {
  const claims = new Map<string, Claim>();
  for (const { view, digest, replica } of shown) {
    const known = claims.get(`${view} ${digest}`);
    claims.set(`${view} ${digest}`, {
      view,
      digest,
      replicas: [...(known?.replicas ?? []), replica],
    });
  }
  const sorted = [...claims.values()].sort(
    (a, b) => b.view - a.view || (a.digest < b.digest ? -1 : 1),
  );
  const said = entries.find((entry) => entry.sequence === sequence);
  const implied = sorted[0]?.digest;
  const follows =
    said !== undefined && (implied === undefined ? said.null : implied === said.digest);
  return {
    sequence,
    claims: sorted,
    ...(said !== undefined && { said: { digest: said.digest, null: said.null } }),
    follows,
  };
}

function entryOf(
  events: readonly TraceEvent[],
  replica: number,
  { view, primary }: { readonly view: number; readonly primary: number },
): ViewEntry {
  const own = events.filter((event) => event.process === replica);
  const entered = own.find((event) => event.type === 'new-view' && event.view === view);
  if (entered !== undefined) {
    const began = isNewViewHeard(events, view) ? 'began' : 'unheard';
    return { replica, state: replica === primary ? began : 'entered', event: entered.id };
  }
  const refused = refusalIn(own, view);
  if (refused !== undefined) {
    const { id, reason, detail } = refused;
    const said = detail === undefined ? { reason } : { reason, detail };
    return { replica, state: 'refused', event: id, ...said };
  }
  const asked = own.find((event) => event.type === 'view-change' && event.view === view);
  return asked === undefined
    ? { replica, state: 'elsewhere' }
    : { replica, state: 'asking', event: asked.id };
}

/** The last time that a replica refused a NEW-VIEW for the view for what it says. */
function refusalIn(
  own: readonly TraceEvent[],
  view: number,
): Extract<TraceEvent, { type: 'rejected' }> | undefined {
  let arrived = false;
  let refusal: Extract<TraceEvent, { type: 'rejected' }> | undefined;
  for (const event of own) {
    if (event.type === 'delivered') {
      arrived = event.header.kind === 'new-view' && event.header.view === view;
    } else if (event.type === 'rejected' && arrived && refusalOf(event.reason) === 'wrong') {
      refusal = event;
    }
  }
  return refusal;
}

function isNewViewHeard(events: readonly TraceEvent[], view: number): boolean {
  return events.some(
    (event) =>
      event.type === 'delivered' && event.header.kind === 'new-view' && event.header.view === view,
  );
}
