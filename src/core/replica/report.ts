import type { ProcessId } from '#core/pbft/message.ts';
import type { Rejection } from '#core/pbft/rejection.ts';

/** The two conflicting signed messages that prove a replica faulty. */
export interface EvidenceReport {
  readonly type: 'evidence';
  readonly culprit: number;
  readonly kind: 'pre-prepare' | 'prepare' | 'commit' | 'checkpoint';
  readonly view?: number;
  readonly sequence: number;
  readonly digests: readonly [string, string];
}

/** What a turn of a replica or client says about itself: past tense, plain data, part of the trace. */
export type Report =
  /** A message was refused; `reason` names the first failing check. */
  | { readonly type: 'rejected'; readonly reason: Rejection; readonly detail?: string }
  /** A vote was filed and counts (a pip on the stage). */
  | {
      readonly type: 'counted';
      readonly kind: 'prepare' | 'commit' | 'checkpoint' | 'reply';
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
