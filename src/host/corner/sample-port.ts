import type { ObjectChange, WorkflowView } from '#core/persistent/index.ts';
import type { Outcome } from '#core/persistent/samples/outside-world.ts';

/** How far a step goes: the turn has run, its record is durable, what it gave out has left. */
export type Stage = 'turn' | 'commit' | 'release';

/** What a turn begins with. */
export type SampleInput =
  | { readonly type: 'begin' }
  | { readonly type: 'timer' }
  | { readonly type: 'outcome'; readonly id: string; readonly outcome: Outcome }
  | { readonly type: 'acknowledgement' };

/** One turn to be run. */
export interface SampleStep {
  readonly input: SampleInput;
  readonly nowUs: number;
  /** Letters that have arrived outside. */
  readonly acknowledged: readonly number[];
  readonly stop: Stage;
}

/** What leaves a sample. */
export type Release =
  | {
      readonly type: 'letter';
      readonly number: number;
      readonly to: string;
      readonly text: string;
    }
  | {
      readonly type: 'effect';
      readonly id: string;
      readonly name: string;
      readonly parameters: readonly string[];
    };

/** A sample between two turns: what is in memory and, the same, on its disk. */
export interface SampleLook {
  readonly nowUs: number;
  readonly nextTimerUs: number | undefined;
  /** Bytes of each record of the storage log, the oldest first. */
  readonly records: readonly number[];
  readonly workflows: readonly WorkflowView[];
  readonly objects: readonly ObjectChange[];
  /** Ids of the objects in the last record; a process that has written none does not know them. */
  readonly written: readonly number[];
}

/** A workflow failed and nobody awaited it. */
export interface SampleFailure {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  /** As the browser gives it: positions in the built file. */
  readonly stack: string;
}

/** What a process says when it has come to life, and after each step. */
export interface SampleAnswer {
  readonly look: SampleLook;
  readonly released: readonly Release[];
  readonly failures: readonly SampleFailure[];
}

/** A disk as a sample needs it. */
export interface SampleOrder {
  readonly sample: string;
  /** Name of its database. */
  readonly disk: string;
  /** Begin with an empty disk. */
  readonly erase: boolean;
}

/** A process that runs a sample; a worker in the page. Undefined: it is gone. */
export interface SampleProcess {
  open(order: SampleOrder): Promise<SampleAnswer | undefined>;
  step(step: SampleStep): Promise<SampleAnswer | undefined>;
  /** Its memory is gone at once. */
  kill(): void;
}
