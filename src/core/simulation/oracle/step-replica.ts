import type {
  SymbolicBatch,
  SymbolicCheckpoint,
  SymbolicMessage,
  SymbolicNewView,
  SymbolicPrePrepare,
  SymbolicProof,
  SymbolicRequest,
  SymbolicViewChange,
  SymbolicVote,
} from './symbols.ts';

/** The rules that the step machine can leave out, to see the search find what they are for. */
export const leftOutRules = [
  'quorum-f+1',
  'naive-quorum-2f+1',
  'no-commit-phase',
  'count-primary-prepare',
  'accept-second-pre-prepare',
  'ignore-prepared-in-view-change',
  'lowest-view-in-order',
  'lost-lock',
  'repeated-view-changes',
  'any-view-in-new-view',
  'unchecked-order',
] as const;

/** One of them. */
export type LeftOut = (typeof leftOutRules)[number];

/** A cluster as the step machine knows it. */
export interface Settings {
  readonly n: number;
  readonly f: number;
  /** Q, unless a rule is left out. */
  readonly quorum: number;
  /** K and L. */
  readonly interval: number;
  readonly logSize: number;
  readonly batchMax: number;
  /** W */
  readonly pipeline: number;
  readonly leftOut: LeftOut | undefined;
}

/** Settings with the quorum of pbft.md 1.2. */
export function settingsOf(given: Omit<Settings, 'quorum'>): Settings {
  const { n, f, leftOut } = given;
  const sound = Math.ceil((n + f + 1) / 2);
  if (leftOut === 'quorum-f+1') return { ...given, quorum: f + 1 };
  if (leftOut === 'naive-quorum-2f+1') return { ...given, quorum: 2 * f + 1 };
  return { ...given, quorum: sound };
}

/** The message log of one place in one view. */
export interface Place {
  readonly sequence: number;
  /** With which O fixed the place; its batch may be missing. */
  header: SymbolicPrePrepare | undefined;
  accepted: SymbolicPrePrepare | undefined;
  isPrepared: boolean;
  /** The first of each signer. */
  prepares: readonly SymbolicVote[];
  commits: readonly SymbolicVote[];
  /** Of each signer the COMMIT of the highest older view. */
  older: readonly SymbolicVote[];
  decided: { readonly view: number; readonly digest: string } | undefined;
  /** Who was shown the accepted header. */
  shown: readonly number[];
}

/** The state of a replica, pbft.md 1.4, as plain data. */
export interface StepReplica {
  readonly id: number;
  view: number;
  phase: 'normal' | 'changing-view';
  newView: SymbolicNewView | undefined;
  fixedUpTo: number;
  /** u of pbft.md 1.12: the last view in which something new executed. */
  active: number;
  /** h and its proof. */
  low: number;
  stable: readonly SymbolicCheckpoint[];
  lastExecuted: number;
  next: number;
  places: Map<number, Place>;
  bodies: Map<string, { readonly batch: SymbolicBatch; readonly sequence: number }>;
  /** P */
  prepared: Map<number, SymbolicProof>;
  claims: Map<number, readonly SymbolicCheckpoint[]>;
  ahead: Map<number, SymbolicCheckpoint>;
  viewChanges: Map<number, SymbolicViewChange>;
  early: Map<string, SymbolicPrePrepare | SymbolicVote>;
  queue: Map<number, SymbolicRequest>;
  proposed: Map<number, number>;
  /** The client table: the last timestamp executed. */
  served: Map<number, number>;
  /** A fingerprint of everything executed. */
  history: number;
  /** What was executed at which place. */
  readonly ledger: string[];
  /** Places that the last view pre-prepared and did not prepare. */
  lost: readonly number[];
  /** The primary is proven faulty. */
  isForsaken: boolean;
}

/** To one process, or to all other replicas. */
export interface StepOutput {
  readonly to: number | `c${number}` | 'others';
  readonly message: SymbolicMessage;
}

/** A replica that has seen nothing. */
export function newReplica(id: number): StepReplica {
  return {
    id,
    view: 0,
    phase: 'normal',
    newView: undefined,
    fixedUpTo: 0,
    active: 0,
    low: 0,
    stable: [],
    lastExecuted: 0,
    next: 1,
    places: new Map(),
    bodies: new Map(),
    prepared: new Map(),
    claims: new Map(),
    ahead: new Map(),
    viewChanges: new Map(),
    early: new Map(),
    queue: new Map(),
    proposed: new Map(),
    served: new Map(),
    history: 0,
    ledger: [],
    lost: [],
    isForsaken: false,
  };
}

/** A place of which nothing is known. */
export function newPlace(sequence: number): Place {
  return {
    sequence,
    header: undefined,
    accepted: undefined,
    isPrepared: false,
    prepares: [],
    commits: [],
    older: [],
    decided: undefined,
    shown: [],
  };
}

/** A copy that shares only what never changes. */
export function cloneOf(me: StepReplica): StepReplica {
  return {
    ...me,
    places: new Map([...me.places].map(([sequence, place]) => [sequence, { ...place }])),
    bodies: new Map(me.bodies),
    prepared: new Map(me.prepared),
    claims: new Map(me.claims),
    ahead: new Map(me.ahead),
    viewChanges: new Map(me.viewChanges),
    early: new Map(me.early),
    queue: new Map(me.queue),
    proposed: new Map(me.proposed),
    served: new Map(me.served),
    ledger: [...me.ledger],
  };
}
