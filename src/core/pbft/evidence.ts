import type { Configuration } from './configuration.ts';
import type { Checkpoint, Commit, Packet, PrePrepare, Prepare, Signed } from './message.ts';
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
