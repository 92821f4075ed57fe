import type { LiveMark, LiveOptions, LiveResult, LiveSample } from '#host/live/live-report.ts';

import type { LiveForm } from './live-form.ts';

export type {
  LiveMark,
  LiveReplica,
  LiveResult,
  LiveSample,
  LiveTotals,
} from '#host/live/live-report.ts';

/** Live mode as the page shows it: what is asked for, what runs, what it has come to. */
export interface LiveState {
  readonly form: LiveForm;
  /** `ending`: the load has stopped, and the replicas become equal. */
  readonly phase: 'idle' | 'starting' | 'running' | 'ending' | 'ended';
  /** Of the run on show. */
  readonly options: LiveOptions | undefined;
  /** The latest, oldest first; bounded (`live-history.ts`). */
  readonly samples: readonly LiveSample[];
  readonly marks: readonly LiveMark[];
  /** The groups that the network is divided into; undefined when it is whole. */
  readonly groups: readonly (readonly number[])[] | undefined;
  readonly result: LiveResult | undefined;
}

/** What a person can do. What is refused becomes a problem on the page, and its promise resolves all the same. */
export interface LiveCommands {
  readonly change: (form: Partial<LiveForm>) => void;
  /** What the form asks for. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly crash: (replica: number) => Promise<void>;
  readonly restart: (replica: number) => Promise<void>;
  readonly pause: (replica: number) => Promise<void>;
  readonly resume: (replica: number) => Promise<void>;
  readonly partition: (groups: readonly (readonly number[])[]) => Promise<void>;
  readonly heal: () => Promise<void>;
  /** Undefined: it behaves correctly again. */
  readonly byzantine: (replica: number, behaviour: string | undefined) => Promise<void>;
  /** Ends what runs, and shows the lab again. */
  readonly leave: () => Promise<void>;
}
