import type { Configuration } from './configuration.ts';
import type { Message, Signed, Status } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { ReplicaId, SequenceNumber, View } from './terms.ts';
import { sequenceNumber } from './terms.ts';

/** What a replica takes part in: `learner` has lost its votes and casts no more (pbft.md 1.16). */
export type Phase = Status['phase'];

/** What the rules of acceptance read of a replica (pbft.md 1.4). */
export interface Standing {
  readonly configuration: Configuration;
  readonly id: ReplicaId;
  readonly view: View;
  readonly phase: Phase;
  /** h: the sequence number of the last stable checkpoint. */
  readonly lowWatermark: SequenceNumber;
  readonly lastExecuted: SequenceNumber;
  /** max-s of the NEW-VIEW with which the view began: O has fixed the places up to it. View 0 has none. */
  readonly fixedUpTo?: SequenceNumber | undefined;
}

/** H = h + L, §4.3. */
export function highWatermark({ configuration, lowWatermark }: Standing): SequenceNumber {
  return sequenceNumber(lowWatermark + configuration.logSize);
}

/** h < n <= H, §4.3: h itself is outside, H inside. */
export function isInWindow(standing: Standing, sequence: SequenceNumber): boolean {
  return standing.lowWatermark < sequence && sequence <= highWatermark(standing);
}

/** Whether O of the view's NEW-VIEW has fixed this place, so that its primary cannot propose it again. */
export function isFixed({ fixedUpTo }: Standing, sequence: SequenceNumber): boolean {
  return fixedUpTo !== undefined && sequence <= fixedUpTo;
}

/** Whether a view lies ahead: above the current one, or the one that this replica is changing to. */
export function isAheadOf({ view, phase }: Standing, other: View): boolean {
  return other > view || (other === view && phase === 'changing-view');
}

/** Whether `signer` is a replica of this cluster. */
export function isMember(c: Configuration, signer: Signed<Message>['signer']): signer is number {
  return typeof signer === 'number' && signer < c.n;
}

/** Who may speak as `replica`: a member of the cluster, and only for itself. */
export function rejectionOfSigner(
  c: Configuration,
  { signer, body }: Signed<Extract<Message, { readonly replica: ReplicaId }>>,
): Rejection | undefined {
  if (!isMember(c, signer)) return 'not-a-member';
  if (body.replica !== signer) return 'wrong-signer';
  return undefined;
}

/** The verdicts of the host on every signature of the packet, nested ones too: all must verify. */
export function rejectionOfSignatures(verdicts: readonly boolean[]): Rejection | undefined {
  return verdicts.length > 0 && verdicts.every(Boolean) ? undefined : 'bad-signature';
}
