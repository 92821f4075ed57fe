import type { Behaviour } from '#core/replica/process.ts';
import type { StorageChoice } from '#host/storage/disk.ts';

/** How operations come. */
export type LiveLoad =
  /** Each client has one operation outstanding, always. */
  | { readonly kind: 'closed'; readonly clients: number }
  /** So many operations a second, whatever becomes of them; one whose client is not free waits in its queue. */
  | { readonly kind: 'open'; readonly clients: number; readonly rate: number };

/** How much of each operation there is, relative to the others. */
export interface LiveMix {
  readonly put: number;
  readonly get: number;
  readonly add: number;
}

/** A run in real time. `live-options.ts` says what is refused. */
export interface LiveOptions {
  readonly n: number;
  readonly seed: number;
  readonly batchMax: number;
  readonly pipeline: number;
  readonly checkpointInterval?: number;
  readonly load: LiveLoad;
  readonly mix?: LiveMix;
  /** The load ends after so many acknowledged operations; without it, when it is stopped. */
  readonly operations?: number;
  readonly storage: StorageChoice;
}

/** A replica in one sample. */
export interface LiveReplica {
  readonly replica: number;
  readonly state: 'up' | 'down' | 'paused' | 'failed';
  /** Why it failed. */
  readonly problem?: string;
  /** It has lost its record of what it said, and votes no more. */
  readonly learner: boolean;
  readonly view: number;
  /** Operations. */
  readonly executed: number;
  /** The last sequence number that it has executed. */
  readonly lastExecuted: number;
  readonly stable: number;
  readonly turns: number;
  readonly commits: number;
  readonly storageBytes: number;
  /** The share of this interval in which its thread was busy with it, 0 to 1. */
  readonly busyShare: number;
  readonly behaviour: Behaviour | null;
}

/** What kind of thing happened. */
type LiveMarkKind =
  | 'view'
  | 'stable'
  | 'crash'
  | 'restart'
  | 'voting-again'
  | 'pause'
  | 'resume'
  | 'partition'
  | 'heal'
  | 'byzantine';

/** Something that happened once. */
export interface LiveMark {
  readonly atMs: number;
  readonly kind: LiveMarkKind;
  readonly replica?: number;
  readonly view?: number;
  readonly sequence?: number;
  /** `voting-again`: since its worker was terminated. */
  readonly afterMs?: number;
  /** `crash`: nobody asked for it. */
  readonly why?: string;
}

/** Counts since the start. */
export interface LiveTotals {
  /** Messages between processes, and their bytes. */
  readonly messages: number;
  readonly bytes: number;
  /** Signatures that were made and checked, those of clients included. */
  readonly signatures: number;
  readonly verifications: number;
  readonly commits: number;
  readonly commitBytes: number;
}

/** What a run is right now; about four a second. */
export interface LiveSample {
  /** Since the start, in real time. */
  readonly atMs: number;
  /** Operations with f + 1 equal replies, in all. */
  readonly acknowledged: number;
  /** Open loop: operations that are due and whose client is not free. */
  readonly queued: number;
  /** Of the operations acknowledged since the last sample. */
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  readonly totals: LiveTotals;
  readonly replicas: readonly LiveReplica[];
  /** Since the last sample. */
  readonly marks: readonly LiveMark[];
  /** Of the live checks, in words; those of the whole run. */
  readonly violations: readonly string[];
  /** The load has ended: every operation that it was to bring is acknowledged, or it was stopped. */
  readonly loadEnded: boolean;
}

/** What a run has come to. */
export interface LiveResult {
  readonly acknowledged: number;
  /** Acknowledged operations that a correct replica has not executed. */
  readonly lost: number;
  /** Votes of a correct replica that contradict one another. */
  readonly contradictions: number;
  /** Pairs of correct replicas whose states differ in the end. */
  readonly unequalStates: number;
  readonly executedTwice: number;
  /** Of each replica that runs in the end. */
  readonly stateDigests: Readonly<Record<number, string>>;
  readonly executed: Readonly<Record<number, number>>;
  readonly durationMs: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
}

/** A cluster that runs in real time. */
export interface LiveSession {
  subscribe(listener: (sample: LiveSample) => void): () => void;
  crash(replica: number): void;
  restart(replica: number): Promise<void>;
  pause(replica: number): void;
  resume(replica: number): void;
  /** Replicas hear only those of their own group; who is in none is alone. Clients hear and reach everybody. */
  partition(groups: readonly (readonly number[])[]): void;
  heal(): void;
  byzantine(replica: number, behaviour: Behaviour | null): void;
  /** No new operations; the outstanding ones finish, for so long as that is worth waiting for. */
  stopLoad(): Promise<void>;
  /**
   * Ends the load, heals, restarts what is down, waits until the correct ones are equal, checks, and ends all workers.
   * However the cluster is, it comes to an end.
   */
  stop(): Promise<LiveResult>;
}
