import type { Match } from '#core/network/match.ts';
import type { Network, NetworkSettings } from '#core/network/network-settings.ts';
import type { CrashPoint } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Behaviour } from '#core/replica/process.ts';

import type { LiteralMessage } from './literal-message.ts';

/** An operation as a scenario writes it: `{"put":["x","1"]}`. Its canonical JSON text goes into the request. */
export type Operation = Readonly<Record<string, unknown>>;

/** What a replica can reach, for `when` and `until`. */
export type Milestone =
  | 'pre-prepared'
  | 'prepared'
  | 'committed'
  | 'executed'
  | 'checkpoint'
  | 'stable'
  | 'view-change'
  | 'new-view';

/** Something that can become true. */
export type Condition =
  | {
      readonly replica: number;
      readonly reaches: Milestone;
      readonly sequence?: number;
      readonly view?: number;
    }
  | { readonly replica: number; readonly view: number }
  | { readonly replica: number; readonly executed: number }
  | { readonly client: number; readonly answered: number }
  /** True in the round in which the process runs its turn with this number (lost ones count): how a recorded crash finds its turn. */
  | { readonly replica: number; readonly turn: number }
  | { readonly twin: number; readonly turn: number }
  | { readonly client: number; readonly turn: number }
  | { readonly sent: Match }
  | { readonly delivered: Match }
  | { readonly quiet: true };

/** What the run should come to. */
export interface Expectation {
  readonly safe?: boolean;
  readonly live?: boolean;
  readonly executed?: number;
  readonly violations?: readonly string[];
  readonly view?: number;
}

/** When a step takes effect. */
interface When {
  readonly at?: number;
  readonly when?: Condition;
  readonly after?: number;
}

/** What a step does. */
export type Deed =
  | { readonly do: 'submit'; readonly client?: number; readonly operation: Operation }
  | {
      readonly do: 'crash';
      readonly replica?: number;
      /** The second instance of this replica. */
      readonly twin?: number;
      readonly client?: number;
      readonly point?: CrashPoint;
    }
  | {
      readonly do: 'restart';
      readonly replica?: number;
      readonly twin?: number;
      readonly client?: number;
      readonly disk?: 'kept' | 'wiped' | 'lose-last' | 'corrupt' | 'older' | 'rotten';
      /** `corrupt`: which record, counted from the end; default 1. */
      readonly record?: number;
      /** `lose-last`: how many; default 1. */
      readonly commits?: number;
      /** `older`: the disk is as it was at this time. */
      readonly from?: number;
    }
  | {
      readonly do: 'pause';
      readonly replica?: number;
      readonly twin?: number;
      readonly client?: number;
    }
  | {
      readonly do: 'resume';
      readonly replica?: number;
      readonly twin?: number;
      readonly client?: number;
    }
  | {
      readonly do: 'byzantine';
      /** Who, unless it is a client. */
      readonly replica?: number;
      /** Who, if there is no replica; else an option of the behaviour. */
      readonly client?: number;
      readonly behaviour: Behaviour['behaviour'] | 'correct';
      readonly targets?: readonly ProcessId[];
      readonly split?: readonly number[];
      readonly ms?: number;
      readonly with?: number;
      readonly count?: number;
      readonly how?: string;
    }
  | {
      readonly do: 'partition';
      readonly groups?: readonly (readonly ProcessId[])[];
      readonly cut?: readonly (readonly [ProcessId, ProcessId])[];
    }
  | { readonly do: 'heal' }
  /** Its request or view-change timer, whichever runs, fires now. */
  | { readonly do: 'timeout'; readonly replica: number }
  | ({ readonly do: 'network' } & NetworkSettings)
  | { readonly do: 'drop'; readonly match: Match; readonly count?: number }
  | { readonly do: 'duplicate'; readonly match: Match; readonly count?: number }
  | { readonly do: 'hold'; readonly match: Match; readonly count?: number }
  | { readonly do: 'delay'; readonly match: Match; readonly count?: number; readonly ms: number }
  | { readonly do: 'release'; readonly match?: Match }
  /** One message in flight, by the id that the trace gives it. */
  | {
      readonly do: 'message';
      readonly message: number;
      readonly deed: 'hold' | 'release' | 'drop' | 'duplicate' | 'delay' | 'deliver';
      readonly ms?: number;
    }
  | {
      readonly do: 'send';
      readonly replica: number;
      readonly to: ProcessId | readonly ProcessId[];
      readonly message: LiteralMessage;
    }
  | {
      readonly do: 'expectHere';
      readonly safe?: boolean;
      readonly executed?: number;
      readonly view?: number;
      readonly state?: Readonly<Record<string, unknown>>;
    }
  | {
      readonly do: 'say';
      readonly title: string;
      readonly text: string;
      readonly question?: string;
    };

/** The deeds of some kinds. */
export type DeedOf<Kind extends Deed['do']> = Extract<Deed, { readonly do: Kind }>;

/** A deed and when it happens: `at` ms of virtual time, or the first instant `when` holds, plus `after` ms; else at 0. */
export type Step = Deed & When;

/** pbft-lab/scenario@1, complete: every default is filled in. */
export interface Scenario {
  readonly format: 'pbft-lab/scenario@1';
  readonly name: string;
  readonly about: string;
  readonly seed: number;
  readonly replicas: number;
  readonly f: number;
  readonly clients: number;
  readonly service: 'key-value' | 'bank' | 'list';
  readonly protocol: {
    readonly checkpointInterval: number;
    readonly logSize: number;
    readonly requestTimeoutMs: number;
    readonly viewChangeTimeoutMs: number;
    readonly resendMs: number;
    readonly clientTimeoutMs: number;
    readonly batchMax: number;
    readonly pipeline: number;
  };
  readonly network: Network;
  readonly ablation: readonly string[];
  readonly steps: readonly Step[];
  readonly until: { readonly atMs: number; readonly executed?: number; readonly quiet?: true };
  readonly expect: Expectation;
}

/** pbft-lab/verdict@1 */
export interface Verdict {
  readonly format: 'pbft-lab/verdict@1';
  readonly scenario: string;
  readonly seed: number;
  readonly traceDigest: string;
  readonly endedAtMs: number;
  readonly ended: 'executed' | 'quiet' | 'time' | 'failed';
  readonly safe: boolean;
  readonly live: boolean;
  readonly met: boolean;
  readonly violations: readonly {
    readonly invariant: string;
    readonly atMs: number;
    readonly sequence?: number;
    readonly says: string;
    readonly culprits: readonly number[];
    readonly evidence: readonly number[];
  }[];
  readonly unmet: readonly string[];
  readonly replicas: readonly ReplicaVerdict[];
  readonly clients: readonly ClientVerdict[];
  readonly counts: Readonly<
    Record<
      | 'sent'
      | 'delivered'
      | 'dropped'
      | 'duplicated'
      | 'rejected'
      | 'decided'
      | 'viewChanges'
      | 'newViews'
      | 'checkpoints'
      | 'stable'
      | 'stateTransfers'
      | 'crashes'
      | 'restarts'
      | 'commits'
      | 'byzantineActions'
      | 'evidence',
      number
    >
  >;
}

/** A replica at the end of a run. */
export interface ReplicaVerdict {
  readonly id: number;
  readonly status: 'normal' | 'changing-view' | 'learner' | 'crashed' | 'failed';
  readonly view: number;
  readonly executed: number;
  readonly lowWatermark: number;
  readonly stateDigest: string;
  readonly byzantine: string | null;
}

/** A client at the end of a run. */
export interface ClientVerdict {
  readonly id: number;
  readonly submitted: number;
  readonly answered: number;
  readonly results: readonly string[];
}
