import type { CrashPoint } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Behaviour, Outgoing, TurnReport } from '#core/replica/process.ts';

/**
 * What a conductor and its host say to each other. One instant is a series of rounds; one round is
 * one pass through: `round()`, the actions, the turns, `reported()`, the decisions, `released()`.
 */
export interface Round {
  readonly nowUs: number;
  /** Carried out first, in this order. */
  readonly actions: readonly Action[];
  /** At most one per process, in the order of processes; they may run in parallel. */
  readonly turns: readonly TurnRequest[];
  /** Literal messages of Byzantine replicas: signed with that replica's key, encoded, given back in this order. */
  readonly literals: readonly Literal[];
}

/**
 * From which disk a process starts. `record` counts from the end, 1 being the last; `commits` is how many of the
 * last ones are gone, fewer than there were.
 */
export type Disk =
  | { readonly kind: 'new' }
  | { readonly kind: 'kept' }
  | { readonly kind: 'wiped' }
  /** As it was written, but for the state: another one, with checksums that fit. */
  | { readonly kind: 'rotten' }
  | { readonly kind: 'lose-last' | 'older'; readonly commits: number }
  | { readonly kind: 'corrupt'; readonly record: number };

/** A process comes to be or is killed; a spawned one gets `start` or `restart` as its first input. */
export type Action =
  | {
      readonly type: 'spawn';
      readonly process: ProcessId;
      readonly incarnation: number;
      readonly disk: Disk;
    }
  /**
   * The second instance of replica `of` comes to be: its disk is a copy of that one's, and it is what the copy says. An
   * input says so only if it restarts.
   */
  | {
      readonly type: 'copy';
      readonly process: ProcessId;
      readonly of: ProcessId;
      readonly incarnation: number;
    }
  | { readonly type: 'terminate'; readonly process: ProcessId };

/** A message written by hand. */
export interface Literal {
  readonly process: ProcessId;
  readonly outgoing: Outgoing;
}

/** The input of a turn as the bus knows it: a delivery is still bytes. */
export type TurnInput =
  | { readonly type: 'start' }
  | { readonly type: 'restart'; readonly incarnation: number }
  | { readonly type: 'timer' }
  /** The request or view-change timer, whichever runs, fires now. */
  | { readonly type: 'expire' }
  | { readonly type: 'submit'; readonly operation: string }
  | { readonly type: 'deliver'; readonly from: ProcessId; readonly bytes: Uint8Array };

/** One turn to run. */
export interface TurnRequest {
  readonly process: ProcessId;
  readonly nowUs: number;
  readonly input: TurnInput;
  readonly behaviour: Behaviour | null;
}

/** A process that cannot go on: its program contradicted itself, or its storage refused. */
export interface Failure {
  readonly problem: string;
  /** True when storage is the reason: fail-stop, and no bug of the program. */
  readonly storage?: true;
}

/** What became of a turn before its commit. */
export interface Reported {
  readonly process: ProcessId;
  /** `lost`: the host lost the process before the commit, and does not know what the turn did. */
  readonly report: TurnReport | Failure | { readonly lost: true };
}

/**
 * What the host does with a turn that was reported: `commit` = write, then sign and send; a crash
 * point = go so far, then the process is gone (the next round's actions end it at the latest); `send-only` = sign and
 * send, write nothing, then gone (only under the ablation `send-before-commit`).
 */
export interface Decision {
  readonly process: ProcessId;
  readonly decision: 'commit' | Exclude<CrashPoint, 'now'> | 'send-only';
}

/** What became of a turn: the bytes of its outputs in their order (none sent: an empty list), or why storage refused. */
export type Released =
  | { readonly process: ProcessId; readonly bytes: readonly Uint8Array[] }
  | { readonly process: ProcessId; readonly problem: string }
  /** The host lost the process after the commit. */
  | { readonly process: ProcessId; readonly lost: true };
