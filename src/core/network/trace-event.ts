import type { MessageType, ProcessId } from '#core/pbft/message.ts';
import type { Report } from '#core/replica/report.ts';

/** What the bus knows of a message without opening its batch: enough to draw, match and count it. */
export interface MessageHeader {
  readonly kind: MessageType | 'undecodable';
  readonly signer: ProcessId;
  readonly view?: number;
  readonly sequence?: number;
  readonly digest?: string;
  /** Of a VIEW-CHANGE or NEW-VIEW: a digest of all that it says, signatures apart. */
  readonly content?: string;
  readonly client?: number;
  readonly timestamp?: number;
  /** What a person reads: an operation, a result. */
  readonly text?: string;
}

/** Where a process can be terminated (architecture.md, life of a turn). */
export type CrashPoint = 'now' | 'before-commit' | 'after-commit' | 'after-send';

/** Why a message did not arrive. */
export type DropReason = 'loss' | 'partition' | 'rule' | 'crashed' | 'silenced';

interface About {
  /** Position in the trace, from 0. */
  readonly id: number;
  /** Virtual time in milliseconds (a multiple of 0.001). */
  readonly atMs: number;
  /** Whose event it is; absent for the network and the scenario. */
  readonly process?: ProcessId;
  /** True for events of a turn that was never written: they are shown, and ignored by checkers and conditions. */
  readonly lost?: true;
}

/** What happened to a message. `message` is its id, unique in the trace; a duplicate has its own. */
export type NetworkEvent =
  | {
      readonly type: 'sent';
      readonly message: number;
      readonly to: ProcessId;
      readonly header: MessageHeader;
      /** Absent while held or when dropped. */ readonly arrivesAtMs?: number;
      readonly copyOf?: number;
    }
  | {
      readonly type: 'delivered';
      readonly message: number;
      readonly from: ProcessId;
      readonly header: MessageHeader;
    }
  | {
      readonly type: 'dropped';
      readonly message: number;
      readonly from: ProcessId;
      readonly to: ProcessId;
      readonly reason: DropReason;
    }
  | { readonly type: 'held'; readonly message: number }
  | { readonly type: 'released'; readonly message: number; readonly arrivesAtMs: number }
  | { readonly type: 'delayed'; readonly message: number; readonly arrivesAtMs: number };

/** What happened to a process as such. */
export type LifeEvent =
  | { readonly type: 'started' }
  | { readonly type: 'restarted'; readonly incarnation: number; readonly disk: string }
  | { readonly type: 'crashed'; readonly point: CrashPoint }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'byzantine'; readonly behaviour: string }
  /** A second instance of replica `of` begins: new, or from the records of the first, `turn` being the last of them. */
  | {
      readonly type: 'doubled';
      readonly of: number;
      readonly turn?: number;
      readonly incarnation: number;
    }
  /** The second instance of a replica is no more. */
  | { readonly type: 'parted' }
  | { readonly type: 'timer' }
  /** The turn's record is durable. */
  | { readonly type: 'persisted'; readonly turn: number };

/** What the scenario or the person did, and what the checkers found. */
export type RunEvent =
  | { readonly type: 'command'; /** Canonical JSON of the step. */ readonly step: string }
  | {
      readonly type: 'partitioned';
      readonly groups: readonly (readonly ProcessId[])[];
      readonly cuts: readonly (readonly [ProcessId, ProcessId])[];
    }
  | { readonly type: 'healed' }
  | {
      readonly type: 'said';
      readonly title: string;
      readonly text: string;
      readonly question?: string;
    }
  | { readonly type: 'unmet'; readonly says: string }
  | {
      readonly type: 'violation';
      readonly invariant: string;
      readonly says: string;
      readonly sequence?: number;
      readonly evidence: readonly number[];
    };

/** One row of the trace. Every picture of events is a function of (trace, now). Signatures and byte counts stay out. */
export type TraceEvent = About & (NetworkEvent | LifeEvent | RunEvent | Report);
