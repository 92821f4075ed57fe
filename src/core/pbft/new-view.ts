import type { Configuration } from './configuration.ts';
import { isAblated, quorumsIn } from './configuration.ts';
import { nullDigest } from './digest.ts';
import type { Evidence } from './evidence.ts';
import { contradictions } from './evidence.ts';
import type { NewView, PrePrepare, PreparedProof, Signed, ViewChange } from './message.ts';
import { primaryOf } from './quorum.ts';
import type { Rejection } from './rejection.ts';
import { own } from './signed.ts';
import type { StableCheckpoint } from './stable-checkpoint.ts';
import { isMember } from './standing.ts';
import type { Digest, ReplicaId, SequenceNumber, View } from './terms.ts';
import { sequenceNumber } from './terms.ts';
import { stableOf, viewChangeRejection } from './view-change.ts';

// The safety of a change of views, §4.4. A digest that was committed prepared at Q - f correct replicas. Any
// Q VIEW-CHANGEs include one of those, whose P names the digest with its view; in every later view only that
// digest could prepare there, by this same argument. So the highest view in P is right, and where P
// is silent nothing was committed: a null request may fill the place.

/** A digest that P of some VIEW-CHANGEs proves to have prepared at a place, and in which view. */
interface Claim {
  readonly view: View;
  readonly digest: Digest;
  /** Who reports it, rising. */
  readonly replicas: readonly ReplicaId[];
}

/** What a place begins the view with, and why. */
interface OrderEntry {
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  /** All that V proves about the place, the highest view first: the first is chosen. None: a null request. */
  readonly claims: readonly Claim[];
}

/** O of a NEW-VIEW, as it follows from V, with what explains it. */
export interface NewViewOrder {
  /** min-s: the highest stable checkpoint in V. Places up to it are settled. */
  readonly minSequence: SequenceNumber;
  /** max-s: the highest place that prepared anywhere in V. */
  readonly maxSequence: SequenceNumber;
  /** The proof of min-s; none at zero. */
  readonly stable: StableCheckpoint | undefined;
  /** One for each place above min-s, up to max-s, rising. */
  readonly entries: readonly OrderEntry[];
  /** The stable checkpoint of each replica in V. */
  readonly watermarks: readonly { readonly replica: ReplicaId; readonly stable: SequenceNumber }[];
  /**
   * Places where V proves two digests in one view: more than f replicas are faulty, and here is the proof.
   * The assumption behind safety is broken; the lower digest is chosen, alike everywhere.
   */
  readonly broken: readonly BrokenAssumption[];
}

/** Two prepared certificates that cannot both be, unless more than f replicas are faulty. */
interface BrokenAssumption {
  readonly sequence: SequenceNumber;
  readonly view: View;
  readonly proofs: readonly [PreparedProof, PreparedProof];
  /** Those who signed both, each with the pair of messages. */
  readonly evidence: readonly Evidence[];
}

/** The computation of O from V, §4.4: the same for every order of V. */
export function newViewOrder(
  c: Configuration,
  viewChanges: readonly Signed<ViewChange>[],
): NewViewOrder {
  const sorted = [...viewChanges].sort((a, b) => a.body.replica - b.body.replica);
  const stables = sorted.map(({ body }) => body.stable);
  const minSequence = sequenceNumber(Math.max(0, ...stables));
  const reports = reportsAbove(c, minSequence, sorted);
  const maxSequence = sequenceNumber(Math.max(minSequence, ...reports.keys()));
  const places = Array.from({ length: maxSequence - minSequence }, (_, i) =>
    sequenceNumber(minSequence + 1 + i),
  );
  const proven = sorted.find(({ body }) => body.stable === minSequence);
  return {
    minSequence,
    maxSequence,
    stable: proven && stableOf(proven),
    entries: places.map((sequence) => entryFor(c, sequence, reports.get(sequence) ?? [])),
    watermarks: sorted.map(({ body: { replica, stable } }) => ({ replica, stable })),
    broken: places.flatMap((sequence) => brokenAt(c, sequence, reports.get(sequence) ?? [])),
  };
}

/** The VIEW-CHANGEs with which the primary can begin `view`: Q for it, its own among them; V of its NEW-VIEW. */
export function viewChangesFor(
  c: Configuration,
  view: View,
  viewChanges: Iterable<Signed<ViewChange>>,
): readonly Signed<ViewChange>[] | undefined {
  const { quorum } = quorumsIn(c);
  const primary = primaryOf(view, c.n);
  const fitting = distinctViewChanges(c, viewChanges).filter(({ body }) => body.nextView === view);
  const mine = fitting.find(({ body }) => body.replica === primary);
  if (!mine || fitting.length < quorum) return undefined;
  const others = fitting.filter((viewChange) => viewChange !== mine);
  const chosen = [mine, ...others.slice(0, quorum - 1)];
  return chosen.sort((a, b) => a.body.replica - b.body.replica);
}

/** ⟨NEW-VIEW, v+1, V, O⟩ of the primary of `view`. */
export function newViewOf(
  c: Configuration,
  view: View,
  viewChanges: readonly Signed<ViewChange>[],
): NewView {
  const { entries } = newViewOrder(c, viewChanges);
  const prePrepares = entries.map(({ sequence, digest }) =>
    own({ type: 'pre-prepare', view, sequence, digest } as const, primaryOf(view, c.n)),
  );
  return { type: 'new-view', view, viewChanges, prePrepares };
}

/** Why a NEW-VIEW does not begin its view, signatures apart (pbft.md 1.5, A-V7, A-V8). */
export function newViewRejection(c: Configuration, newView: NewView): Rejection | undefined {
  if (isAblated(c, 'unchecked-new-view')) return undefined;
  if (!areViewChangesFor(c, newView)) return 'bad-view-changes';
  return isOrder(c, newView) ? undefined : 'wrong-order';
}

/** The first VIEW-CHANGE of each member that speaks for itself, rising by replica. */
export function distinctViewChanges(
  c: Configuration,
  viewChanges: Iterable<Signed<ViewChange>>,
): readonly Signed<ViewChange>[] {
  const bySigner = new Map<ReplicaId, Signed<ViewChange>>();
  for (const viewChange of viewChanges) {
    const { signer, body } = viewChange;
    if (!isMember(c, signer) || signer !== body.replica) continue;
    if (!bySigner.has(body.replica)) bySigner.set(body.replica, viewChange);
  }
  return [...bySigner.values()].sort((a, b) => a.body.replica - b.body.replica);
}

/** V: Q or more different replicas, each with a VIEW-CHANGE for this very view, each valid in full. */
function areViewChangesFor(c: Configuration, { view, viewChanges }: NewView): boolean {
  const anyView = isAblated(c, 'any-view-in-new-view');
  return (
    distinctViewChanges(c, viewChanges).length === viewChanges.length &&
    viewChanges.length >= quorumsIn(c).quorum &&
    viewChanges.every(
      ({ body }) => (anyView || body.nextView === view) && !viewChangeRejection(c, body),
    )
  );
}

/** O: exactly what follows from V, each a header of this view that its primary signed. */
function isOrder(c: Configuration, { view, viewChanges, prePrepares }: NewView): boolean {
  const { entries } = newViewOrder(c, viewChanges);
  const primary = primaryOf(view, c.n);
  const isEntry = ({ body, signer }: Signed<PrePrepare>, i: number): boolean =>
    signer === primary &&
    body.view === view &&
    body.sequence === entries[i]?.sequence &&
    body.digest === entries[i].digest;
  return prePrepares.length === entries.length && prePrepares.every(isEntry);
}

interface Reported {
  readonly proof: PreparedProof;
  readonly replica: ReplicaId;
}

/** Every entry of P above min-s, by its place. */
function reportsAbove(
  c: Configuration,
  minSequence: SequenceNumber,
  viewChanges: readonly Signed<ViewChange>[],
): ReadonlyMap<SequenceNumber, readonly Reported[]> {
  const reports = new Map<SequenceNumber, Reported[]>();
  if (isAblated(c, 'ignore-prepared-in-view-change')) return reports;
  for (const { body } of viewChanges) {
    for (const proof of body.prepared) {
      const { sequence } = proof.prePrepare.body;
      if (sequence <= minSequence) continue;
      const known = reports.get(sequence);
      const reported = { proof, replica: body.replica };
      if (known) known.push(reported);
      else reports.set(sequence, [reported]);
    }
  }
  return reports;
}

function entryFor(
  c: Configuration,
  sequence: SequenceNumber,
  reports: readonly Reported[],
): OrderEntry {
  const claims: Claim[] = [];
  for (const { proof, replica } of reports) {
    const { view, digest } = proof.prePrepare.body;
    const i = claims.findIndex((claim) => claim.view === view && claim.digest === digest);
    const known = claims[i];
    if (!known) claims.push({ view, digest, replicas: [replica] });
    else if (!known.replicas.includes(replica)) {
      claims[i] = { ...known, replicas: [...known.replicas, replica] };
    }
  }
  claims.sort((a, b) => b.view - a.view || (a.digest < b.digest ? -1 : 1));
  return { sequence, digest: claims[0]?.digest ?? nullDigest(c), claims };
}

function brokenAt(
  c: Configuration,
  sequence: SequenceNumber,
  reports: readonly Reported[],
): readonly BrokenAssumption[] {
  const view = Math.max(...reports.map(({ proof }) => proof.prePrepare.body.view));
  const highest = reports
    .map(({ proof }) => proof)
    .filter(({ prePrepare }) => prePrepare.body.view === view);
  const [first] = highest;
  const rival = highest.find(
    ({ prePrepare }) => prePrepare.body.digest !== first?.prePrepare.body.digest,
  );
  if (!first || !rival) return [];
  const evidence = contradictions(
    c,
    [first.prePrepare, ...first.prepares],
    [rival.prePrepare, ...rival.prepares],
  );
  return [{ sequence, view: first.prePrepare.body.view, proofs: [first, rival], evidence }];
}
