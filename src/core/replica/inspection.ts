import type { WorkflowView } from '#core/persistent/index.ts';

import type { EvidenceReport } from './report.ts';

/** A request as a person reads it. */
export interface OperationInspection {
  readonly client: number;
  readonly timestamp: number;
  readonly operation: string;
}

/** A vote; `counts` tells whether it backs the accepted digest. */
export interface VoteInspection {
  readonly signer: number;
  readonly digest: string;
  readonly counts: boolean;
}

/** A place of the window as one replica sees it. */
export interface SlotInspection {
  readonly view: number;
  readonly sequence: number;
  /** The decided digest, else the accepted one. */
  readonly digest?: string;
  readonly operations: readonly OperationInspection[];
  readonly state: 'waiting' | 'pre-prepared' | 'prepared' | 'committed' | 'executed';
  readonly prePrepare?: { readonly signer: number; readonly digest: string };
  readonly prepares: readonly VoteInspection[];
  readonly commits: readonly VoteInspection[];
  readonly preparedBy?: readonly number[];
  readonly committedBy?: readonly number[];
}

/** Why a process does not go on, computed from its state. */
export interface Waiting {
  readonly sequence?: number;
  readonly text: string;
}

/** What a replica keeps beside what an inspection shows piece by piece: how much of each (I16). */
export interface MemoryInspection {
  readonly batches: number;
  readonly awaitedBatches: number;
  readonly archivedDecisions: number;
  readonly preparedCertificates: number;
  readonly olderCommits: number;
  readonly earlyMessages: number;
  readonly checkpointClaims: number;
  readonly claimsAhead: number;
  readonly proofs: number;
  readonly viewChanges: number;
  /** Entries of P in the VIEW-CHANGE that has most. */
  readonly viewChangeEntries: number;
  readonly proposedRequests: number;
  readonly repeatedReplies: number;
  readonly resentMessages: number;
}

/** What a replica is, as plain data. */
export interface ReplicaInspection {
  readonly kind: 'replica';
  readonly id: number;
  readonly status: 'normal' | 'changing-view' | 'learner';
  /** Q replicas contradict its state: it executes nothing and answers nobody until it has another one. */
  readonly quarantined?: boolean;
  readonly view: number;
  readonly primary: number;
  readonly lowWatermark: number;
  readonly highWatermark: number;
  readonly lastExecuted: number;
  readonly executed: number;
  readonly stateDigest: string;
  readonly incarnation: number;
  /** At most `stateShown` entries. */
  readonly state: readonly (readonly [string, string])[];
  readonly clientTable: readonly {
    readonly client: number;
    readonly timestamp: number;
    readonly result: string;
  }[];
  readonly pending: readonly OperationInspection[];
  readonly slots: readonly SlotInspection[];
  readonly checkpoints: readonly {
    readonly sequence: number;
    readonly digest: string;
    readonly signers: readonly number[];
    readonly stable: boolean;
  }[];
  readonly evidence: readonly EvidenceReport[];
  /** Who asks for which view, as far as this replica knows. */
  readonly viewChanges: readonly { readonly replica: number; readonly view: number }[];
  /** The timer that runs, how long it runs, and when it expires. */
  readonly timer?: {
    readonly timer: 'request' | 'view-change';
    readonly ms: number;
    readonly dueMs: number;
  };
  readonly memory: MemoryInspection;
  readonly workflows: readonly WorkflowView[];
  readonly waiting: readonly Waiting[];
}

/** What a client is, as plain data. */
export interface ClientInspection {
  readonly kind: 'client';
  readonly id: number;
  readonly view: number;
  readonly outstanding?: {
    readonly index: number;
    readonly timestamp: number;
    readonly operation: string;
    readonly replies: readonly { readonly replica: number; readonly result: string }[];
    readonly need: number;
  };
  readonly queue: readonly string[];
  readonly history: readonly {
    readonly index: number;
    readonly operation: string;
    readonly timestamp: number;
    readonly result: string;
    readonly view: number;
    readonly signers: readonly number[];
  }[];
  readonly workflows: readonly WorkflowView[];
  readonly incarnation: number;
  readonly waiting: readonly Waiting[];
}

/** What a process is right now: plain data that crosses to the page. */
export type Inspection = ReplicaInspection | ClientInspection;
