import type { Configuration } from './configuration.ts';
import { digestOfNewView, digestOfViewChange } from './digest.ts';
import type {
  Checkpoint,
  Commit,
  NewView,
  Packet,
  PrePrepare,
  Prepare,
  Signed,
  ViewChange,
} from './message.ts';
import { isMember } from './standing.ts';
import type { Digest, ReplicaId, SequenceNumber, View } from './terms.ts';
import { replicaId } from './terms.ts';

/** What a correct replica says at most once. */
export type Statement = PrePrepare | Prepare | Commit | Checkpoint;

/** Two signed messages that no correct replica sends both: proof that their signer is faulty. */
export interface Evidence {
  readonly culprit: ReplicaId;
  readonly kind: Statement['type'];
  /** A CHECKPOINT has none. */
  readonly view?: View;
  readonly sequence: SequenceNumber;
  readonly digests: readonly [Digest, Digest];
  readonly messages: readonly [Signed<Statement>, Signed<Statement>];
}

/** The evidence that two verified messages make: one signer, one place, two digests. */
export function contradiction(
  c: Configuration,
  first: Signed<Statement>,
  second: Signed<Statement>,
): Evidence | undefined {
  const { signer, body } = first;
  if (signer !== second.signer || !isMember(c, signer)) return undefined;
  if (body.type !== second.body.type || body.sequence !== second.body.sequence) return undefined;
  if (viewOf(body) !== viewOf(second.body) || body.digest === second.body.digest) return undefined;
  const view = viewOf(body);
  return {
    culprit: replicaId(signer),
    kind: body.type,
    ...(view !== undefined && { view }),
    sequence: body.sequence,
    digests: [body.digest, second.body.digest],
    messages: [first, second],
  };
}

/** What two sets of verified messages prove: each pair of one signer and place with two digests. */
export function contradictions(
  c: Configuration,
  some: readonly Signed<Statement>[],
  others: readonly Signed<Statement>[],
): readonly Evidence[] {
  return some.flatMap((first) => others.flatMap((second) => contradiction(c, first, second) ?? []));
}

/** What a correct replica says at most once for a view. */
export type ViewStatement = ViewChange | NewView;

/** Two signed messages for one view, where no correct replica sends more than one. */
export interface ViewEvidence {
  readonly culprit: ReplicaId;
  readonly kind: ViewStatement['type'];
  readonly view: View;
  readonly digests: readonly [Digest, Digest];
  readonly messages: readonly [Signed<ViewStatement>, Signed<ViewStatement>];
}

/** The evidence that two verified VIEW-CHANGEs or NEW-VIEWs make: one signer, one view, two contents. */
export function viewContradiction(
  c: Configuration,
  first: Signed<ViewStatement>,
  second: Signed<ViewStatement>,
): ViewEvidence | undefined {
  const { signer, body } = first;
  if (signer !== second.signer || !isMember(c, signer)) return undefined;
  const view = targetOf(body);
  if (body.type !== second.body.type || view !== targetOf(second.body)) return undefined;
  const digests = [digestOfStatement(c, body), digestOfStatement(c, second.body)] as const;
  if (digests[0] === digests[1]) return undefined;
  return { culprit: replicaId(signer), kind: body.type, view, digests, messages: [first, second] };
}

/** Whether two VIEW-CHANGEs or NEW-VIEWs say the same; signatures inside do not matter. */
export function isSameStatement(
  c: Configuration,
  first: ViewStatement,
  second: ViewStatement,
): boolean {
  return digestOfStatement(c, first) === digestOfStatement(c, second);
}

function digestOfStatement(c: Configuration, body: ViewStatement): Digest {
  return body.type === 'view-change' ? digestOfViewChange(c, body) : digestOfNewView(c, body);
}

/**
 * The header to show to the signer of a vote for another digest than the accepted one (pbft.md 1.5): if
 * the primary told it something else, it holds the proof. Once per peer and slot.
 */
export function headerToShow(
  accepted: Signed<PrePrepare>,
  { body }: Signed<Prepare> | Signed<Commit>,
): Packet | undefined {
  const { view, sequence, digest } = accepted.body;
  const differs = view === body.view && sequence === body.sequence && digest !== body.digest;
  return differs ? { signed: accepted } : undefined;
}

function viewOf(statement: Statement): View | undefined {
  return statement.type === 'checkpoint' ? undefined : statement.view;
}

function targetOf(statement: ViewStatement): View {
  return statement.type === 'view-change' ? statement.nextView : statement.view;
}
