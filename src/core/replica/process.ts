import type { Packet, ProcessId } from '#core/pbft/message.ts';
import type { Rejection } from '#core/pbft/rejection.ts';
import type { Report } from '#core/replica/report.ts';

/** The behaviour that a Byzantine replica's outputs pass through, with its options. */
export interface Behaviour {
  readonly behaviour:
    | 'silent'
    | 'silent-to'
    | 'equivocate'
    | 'double-vote'
    | 'wrong-digest'
    | 'bad-signature'
    | 'censor'
    | 'replay'
    | 'lie-checkpoint'
    | 'lie-reply'
    | 'lie-view'
    | 'hide-prepared'
    | 'bad-new-view'
    | 'view-change-storm';
  /** `silent-to`: who hears nothing. */
  readonly targets?: readonly ProcessId[];
  /** `equivocate`: the backups that get the second batch; default the upper half of the ids. */
  readonly split?: readonly number[];
  /** `censor`: whose requests are left out; default the first client's. */
  readonly client?: number;
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
  | { readonly type: 'restart'; readonly incarnation: number }
  | { readonly type: 'deliver'; readonly from: ProcessId; readonly arrival: Arrival }
  | { readonly type: 'timer' }
  /** Whatever timer waits for the primary expires at once. */
  | { readonly type: 'expire' }
  | { readonly type: 'submit'; readonly operation: string };

/** A message that leaves after the commit; own signatures are still to be made (`signature: 'own'`). */
export interface Outgoing {
  readonly to: ProcessId;
  readonly packet: Packet;
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
