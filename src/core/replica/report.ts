import type { ProcessId } from '#core/pbft/message.ts';
import type { Rejection } from '#core/pbft/rejection.ts';

import type { PreparedPlace } from './prepared-place.ts';

/** The two conflicting signed messages that prove a replica faulty. */
export interface EvidenceReport {
  readonly type: 'evidence';
  readonly culprit: number;
  /** What both are; `concealment`: a COMMIT, and a VIEW-CHANGE that hides what prepared for it. */
  readonly kind:
    | 'pre-prepare'
    | 'prepare'
    | 'commit'
    | 'checkpoint'
    | 'view-change'
    | 'new-view'
    | 'concealment';
  readonly view?: number;
  /** Absent for VIEW-CHANGE and NEW-VIEW. */
  readonly sequence?: number;
  readonly digests: readonly [string, string];
}

/** Why a replica asks for another view. */
export type ViewChangeCause = 'timer' | 'join' | 'faulty-primary' | 'invalid-new-view';

/** How a replica lost its record of what it has said. */
export type LearnerCause = 'empty-store' | 'refused-store' | 'older-store';

/** What a turn of a replica or client says about itself: past tense, plain data, part of the trace. */
export type Report =
  /** A message was refused; `reason` names the first failing check. */
  | { readonly type: 'rejected'; readonly reason: Rejection; readonly detail?: string }
  /** A vote was filed and counts (a pip on the stage). */
  | {
      readonly type: 'counted';
      readonly kind: 'prepare' | 'commit' | 'checkpoint' | 'reply' | 'view-change';
      readonly view?: number;
      readonly sequence?: number;
      readonly digest?: string;
      readonly signer: ProcessId;
    }
  | {
      readonly type: 'pre-prepared';
      readonly view: number;
      readonly sequence: number;
      readonly digest: string;
    }
  | {
      readonly type: 'prepared';
      readonly view: number;
      readonly sequence: number;
      readonly digest: string;
      readonly signers: readonly number[];
    }
  | {
      readonly type: 'committed';
      readonly view: number;
      readonly sequence: number;
      readonly digest: string;
      readonly signers: readonly number[];
    }
  /** `operations` are those of the batch in order; `duplicate` ones did not change the state. `executed` is the counter after it. */
  | {
      readonly type: 'executed';
      readonly sequence: number;
      readonly digest: string;
      readonly executed: number;
      readonly operations: readonly {
        readonly client: number;
        readonly timestamp: number;
        readonly operation: string;
        readonly result: string;
        readonly duplicate: boolean;
      }[];
    }
  | { readonly type: 'checkpoint'; readonly sequence: number; readonly digest: string }
  | {
      readonly type: 'stable';
      readonly sequence: number;
      readonly digest: string;
      readonly signers: readonly number[];
    }
  /** The replica asks for `view`: once per target. `prepared` is P: of each place the certificate of the highest view. */
  | {
      readonly type: 'view-change';
      readonly view: number;
      readonly cause: ViewChangeCause;
      readonly stable: number;
      readonly prepared: readonly PreparedPlace[];
    }
  /**
   * The replica has entered the view: the primary when it sends NEW-VIEW, a backup when it adopts it. `viewChanges` is
   * V, signed by `signers`; `entries` is O; min-s and max-s follow from V.
   */
  | {
      readonly type: 'new-view';
      readonly view: number;
      readonly digest: string;
      readonly primary: number;
      readonly minSequence: number;
      readonly maxSequence: number;
      readonly entries: readonly {
        readonly sequence: number;
        readonly digest: string;
        readonly null: boolean;
      }[];
      readonly viewChanges: readonly {
        readonly replica: number;
        readonly stable: number;
        readonly prepared: readonly PreparedPlace[];
      }[];
      readonly signers: readonly number[];
    }
  /** What the replica's clock for requests or view changes does. `ms`: its length when it starts. */
  | {
      readonly type: 'timing';
      readonly timer: 'request' | 'view-change';
      readonly deed: 'started' | 'stopped' | 'expired';
      readonly ms?: number;
      readonly view: number;
    }
  /** The replica cannot know all that it has said: from here on it listens, and votes no more. */
  | { readonly type: 'learner'; readonly why: LearnerCause }
  /** Q replicas have another state after `sequence`, with this digest: the own one is corrupt. */
  | { readonly type: 'quarantined'; readonly sequence: number; readonly digest: string }
  /** `kept`: how many chunks of the installed state were here already. */
  | {
      readonly type: 'state-transfer';
      readonly deed: 'started' | 'installed';
      readonly sequence: number;
      readonly digest: string;
      readonly kept?: number;
      /** Once it is installed: how many operations the state reflects. */
      readonly executed?: number;
    }
  | { readonly type: 'queued'; readonly client: number; readonly timestamp: number }
  | EvidenceReport
  /** Client: an operation entered its queue (`index` = order of submission); was first sent; was sent to all again; was answered. */
  | {
      readonly type: 'submitted';
      readonly client: number;
      readonly index: number;
      readonly operation: string;
    }
  | {
      readonly type: 'requested';
      readonly client: number;
      readonly index: number;
      readonly timestamp: number;
      readonly operation: string;
    }
  | { readonly type: 'retransmitted'; readonly client: number; readonly timestamp: number }
  | {
      readonly type: 'answered';
      readonly client: number;
      readonly index: number;
      readonly timestamp: number;
      readonly result: string;
      readonly view: number;
      readonly signers: readonly number[];
    }
  /** A process woke up from its storage. */
  | { readonly type: 'recovered'; readonly incarnation: number; readonly lastExecuted?: number }
  /** An action of a Byzantine behaviour, for the picture and the counts. */
  | { readonly type: 'misbehaved'; readonly behaviour: string; readonly what: string };
