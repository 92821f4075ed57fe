import type { Packet, ProcessId } from '#core/pbft/message.ts';
import type { Rejection } from '#core/pbft/rejection.ts';
import type { Digest, SequenceNumber, View } from '#core/pbft/terms.ts';
import type { Report } from '#core/replica/report.ts';

import type { BehaviourName } from './byzantine/catalogue.ts';

/** A proposal that a Byzantine primary made to one replica. */
export interface Confidence {
  readonly to: ProcessId;
  readonly view: View;
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
}

/** The behaviour that a Byzantine process's outputs pass through, with its options (byzantine/catalogue.ts). */
export interface Behaviour {
  readonly behaviour: BehaviourName;
  readonly targets?: readonly ProcessId[];
  readonly split?: readonly number[];
  readonly client?: number;
  readonly ms?: number;
  readonly with?: number;
  readonly count?: number;
  readonly how?: string;
  /** `twin`: this is the second instance; whoever runs both tells. */
  readonly second?: true;
  /** `collude`: what the partner has proposed, the last of it; whoever runs both tells. */
  readonly confided?: readonly Confidence[];
}

/**
 * What the host made of delivered bytes: the packet with a verdict for each signature that
 * `signaturesOf` lists, in its order; or why the bytes are no packet.
 */
export type Arrival =
  | { readonly ok: true; readonly packet: Packet; readonly verdicts: readonly boolean[] }
  | { readonly ok: false; readonly reason: Rejection; readonly detail: string };

/** One input = one turn = one commit. */
export type ProcessInput =
  | { readonly type: 'start' }
  /** `rotten`: the disk gives back another state than was written to it, with checksums that fit. */
  | { readonly type: 'restart'; readonly incarnation: number; readonly rotten?: boolean }
  | { readonly type: 'deliver'; readonly from: ProcessId; readonly arrival: Arrival }
  | { readonly type: 'timer' }
  /** Whatever timer waits for the primary expires at once. */
  | { readonly type: 'expire' }
  | { readonly type: 'submit'; readonly operation: string };

/** A message that leaves after the commit; own signatures are still to be made (`signature: 'own'`). */
export interface Outgoing {
  readonly to: ProcessId;
  readonly packet: Packet;
  /** How much longer it is on its way than others: only a Byzantine process is slow on purpose. */
  readonly delayMs?: number;
}

/** What a turn did, told before it is committed. */
export interface TurnReport {
  /** Counts the turns of this identity over all incarnations; every commit carries it. */
  readonly turn: number;
  readonly reports: readonly Report[];
  readonly outgoing: readonly Outgoing[];
  /** The earliest armed timer in integer microseconds, if any. */
  readonly nextTimerUs: number | null;
  /** What the process waits for with a limit; STATUS and what is sent again are not among them. */
  readonly timers: readonly ('request' | 'view-change' | 'fetch')[];
}
