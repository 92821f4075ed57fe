import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Examination } from '#core/simulation/examination.ts';
import type { Condition, Scenario, Step } from '#core/simulation/scenario.ts';

import type { PageCalls } from './fleet.ts';
import type { OpenRequest } from './scenario-request.ts';
import type { StorageChoice } from './storage/disk.ts';

/**
 * How far a run may go: up to a time (or the next event of one of these types before it), until a condition holds,
 * until the next event of one of these types.
 */
export type Goal =
  | { readonly atUs: number; readonly events?: readonly TraceEvent['type'][] }
  | { readonly condition: Condition }
  | { readonly events: readonly TraceEvent['type'][] };

/** Where the run is. */
export interface Progress {
  readonly nowUs: number;
  /** The next instant at which anything happens; null when the run has come to its end. */
  readonly nextUs: number | null;
  /** Whose state may have changed since the progress before. */
  readonly touched: readonly ProcessId[];
  /** Everything done so far, as a scenario. */
  readonly scenario: Scenario;
}

/** A cluster as it was opened, or why there is none. */
export type Opened =
  | { readonly ok: true; readonly name: string; readonly progress: Progress }
  | { readonly ok: false; readonly problem: string };

/** A person's step with the time at which it takes effect, or why it is refused. */
export type Commanded =
  | { readonly ok: true; readonly step: Step; readonly progress: Progress }
  | { readonly ok: false; readonly problem: string };

/** A history to be executed again up to an instant; without `planned` all of it was planned. */
export interface HistoryRequest extends OpenRequest {
  readonly atUs: number;
  readonly planned?: number;
}

/** A history as it can be told to somebody else. */
export interface Told {
  readonly name: string;
  readonly scenario: Scenario;
  /** How many of its steps were there when it was loaded; the others were done since. */
  readonly planned: number;
  /** Of the trace up to now. */
  readonly digest: string;
}

/** Which disks a session uses, and whose. */
export interface Setting {
  readonly cluster: string;
  readonly storage: StorageChoice;
}

/** What the bus tells and asks the page. */
export interface BusListener extends PageCalls {
  /** The next events of the trace, `from` being the id of the first. */
  traced(from: number, events: readonly TraceEvent[]): Promise<void>;
  /** A look into every process that runs, its certificates verified from scratch. */
  examine(): Promise<readonly Examination[]>;
  /** That the run is over could not be recorded: a reload goes on with it. */
  unrecorded(why: string): Promise<void>;
}
