import type { TraceEvent } from '#core/network/trace-event.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Quorums } from '#core/pbft/quorum.ts';
import type { Examination } from '#core/simulation/examination.ts';

/** The invariants of pbft.md 1.19 that are checked, by name. */
export type Invariant =
  | 'agreement'
  | 'prepared-unique'
  | 'view-preserved'
  | 'amnesia'
  | 'contiguous-execution'
  | 'exactly-once'
  | 'linearizable'
  | 'valid-operations'
  | 'checkpoint-agreement'
  | 'no-contradiction'
  | 'monotone'
  | 'window'
  | 'write-ahead'
  | 'committed-backed'
  | 'certificates-valid'
  | 'reply-correct'
  | 'bounded-memory';

/** How an invariant is broken. */
export interface Problem {
  readonly says: string;
  readonly sequence?: number;
  /** The events that show it, by their ids. */
  readonly evidence: readonly number[];
}

/** What every checker may know of the run. */
export interface Cast {
  readonly configuration: Configuration;
  /** The sound ones, whatever the cluster under test uses. */
  readonly quorums: Quorums;
  /** Never Byzantine so far, and never restarted from a disk that lost a commit. */
  isCorrect(process: ProcessId): boolean;
}

/**
 * One invariant, folded over the trace. It sees every event but those of unwritten turns, and speaks
 * of correct processes only; it looks at processes from inside where the trace cannot tell.
 */
export interface Checker {
  readonly invariant: Invariant;
  observe?(event: TraceEvent, cast: Cast): Problem | undefined;
  /** An event of a turn that was never written: no invariant speaks of it, but what it sent may have left. */
  observeLost?(event: TraceEvent): void;
  examine?(examination: Examination, cast: Cast): Problem | undefined;
  /** Asked when a verdict is wanted, over all it has seen. */
  conclude?(cast: Cast): Problem | undefined;
}

/** An event of a correct replica, narrowed to its replica. */
export function correctReplica(event: TraceEvent, cast: Cast): number | undefined {
  const { process } = event;
  return typeof process === 'number' && cast.isCorrect(process) ? process : undefined;
}
