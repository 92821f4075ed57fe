import type { CrashPoint } from '#core/network/trace-event.ts';
import type { MessageType, ProcessId } from '#core/pbft/message.ts';

/** An operation as a scenario writes it: `{"put":["x","1"]}`. Its canonical JSON text goes into the request. */
export type Operation = Readonly<Record<string, unknown>>;

/** Which messages a step speaks of; all given fields must agree. */
export interface Match {
  readonly type?: MessageType;
  readonly from?: ProcessId;
  readonly to?: ProcessId;
  readonly signer?: ProcessId;
  readonly view?: number;
  readonly sequence?: number;
  readonly digestOf?: { readonly client: number; readonly index: number };
}

/** What a replica can reach, for `when` and `until`. */
export type Milestone = 'pre-prepared' | 'prepared' | 'committed' | 'executed' | 'checkpoint' | 'stable';

/** Something that can become true. */
export type Condition =
  | { readonly replica: number; readonly reaches: Milestone; readonly sequence?: number }
  | { readonly replica: number; readonly view: number }
  | { readonly replica: number; readonly executed: number }
  | { readonly client: number; readonly answered: number }
  | { readonly sent: Match }
  | { readonly delivered: Match }
  | { readonly quiet: true };

/** Latency, loss and duplication of the links. */
export interface NetworkSettings {
  readonly latencyMs?: readonly [number, number];
  readonly loss?: number;
  readonly duplicate?: number;
  readonly links?: readonly { readonly from: ProcessId; readonly to: ProcessId; readonly latencyMs?: readonly [number, number]; readonly loss?: number }[];
}

/** What the run should come to. */
export interface Expectation {
  readonly safe?: boolean;
  readonly live?: boolean;
  readonly executed?: number;
  readonly violations?: readonly string[];
  readonly view?: number;
}

interface When {
  readonly at?: number;
  readonly when?: Condition;
  readonly after?: number;
}

/** What a step does. */
export type Deed =
  | { readonly do: 'submit'; readonly client?: number; readonly operation: Operation }
  | { readonly do: 'crash'; readonly replica?: number; readonly client?: number; readonly point?: CrashPoint }
  | { readonly do: 'restart'; readonly replica?: number; readonly client?: number; readonly disk?: 'kept' | 'corrupt'; readonly record?: number }
  | { readonly do: 'pause' | 'resume'; readonly replica?: number; readonly client?: number }
  | { readonly do: 'byzantine'; readonly replica: number; readonly behaviour: string; readonly targets?: readonly ProcessId[]; readonly split?: readonly number[] }
  | { readonly do: 'partition'; readonly groups?: readonly (readonly ProcessId[])[]; readonly cut?: readonly (readonly [ProcessId, ProcessId])[] }
  | { readonly do: 'heal' }
  | ({ readonly do: 'network' } & NetworkSettings)
  | { readonly do: 'drop' | 'duplicate' | 'hold'; readonly match: Match; readonly count?: number }
  | { readonly do: 'delay'; readonly match: Match; readonly count?: number; readonly ms: number }
  | { readonly do: 'release'; readonly match?: Match }
  | { readonly do: 'send'; readonly replica: number; readonly to: ProcessId | readonly ProcessId[]; readonly message: Readonly<Record<string, unknown>> }
  | { readonly do: 'expectHere'; readonly safe?: boolean; readonly executed?: number; readonly view?: number; readonly state?: Readonly<Record<string, unknown>> }
  | { readonly do: 'say'; readonly title: string; readonly text: string; readonly question?: string };

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
  readonly network: { readonly latencyMs: readonly [number, number]; readonly loss: number; readonly duplicate: number; readonly links: NonNullable<NetworkSettings['links']> };
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
  readonly violations: readonly { readonly invariant: string; readonly atMs: number; readonly sequence?: number; readonly says: string; readonly culprits: readonly number[]; readonly evidence: readonly number[] }[];
  readonly unmet: readonly string[];
  readonly replicas: readonly ReplicaVerdict[];
  readonly clients: readonly ClientVerdict[];
  readonly counts: Readonly<Record<'sent' | 'delivered' | 'dropped' | 'duplicated' | 'rejected' | 'decided' | 'viewChanges' | 'newViews' | 'checkpoints' | 'stable' | 'stateTransfers' | 'crashes' | 'restarts' | 'commits' | 'byzantineActions' | 'evidence', number>>;
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
