import type { Configuration } from './configuration.ts';
import { defaults } from './configuration.ts';
import { digestOfBatch } from './digest.ts';
import type {
  Batch,
  Checkpoint,
  Commit,
  Message,
  PrePrepare,
  Prepare,
  ProcessId,
  Reply,
  Request,
  Signed,
  SlotData,
  Status,
} from './message.ts';
import type { Rejection } from './rejection.ts';
import type { Standing } from './standing.ts';
import type { Digest } from './terms.ts';
import { clientId, digest, replicaId, sequenceNumber, timestamp, view } from './terms.ts';

// The vocabulary of the tests: messages of an honest run of four replicas at view 0, sequence number 1.
// Overrides show what a test is about.

/** The sample cluster: n = 4, f = 1, two clients, up to four requests a batch. */
export const sample: Configuration = { ...defaults, clients: 2, batchMax: 4 };

/** What a test says otherwise about a message. */
export interface Otherwise {
  readonly view?: number;
  readonly sequence?: number;
  readonly digest?: Digest;
  readonly replica?: number;
  readonly signer?: ProcessId;
}

/** A digest that differs from every other: its argument, repeated. */
export function digestOf(digit: string): Digest {
  return digest(digit.repeat(64));
}

/** A signed message; the rules look at verdicts, never at the signature itself. */
export function signedBy<M extends Message>(signer: ProcessId, body: M): Signed<M> {
  return { body, signer, signature: 'a1'.repeat(64) };
}

/** ⟨REQUEST⟩ of a client, signed by it. */
export function requestFrom(
  client: number,
  at: number,
  operation = '{"get":"x"}',
): Signed<Request> {
  return signedBy(`c${client}`, {
    type: 'request',
    operation,
    timestamp: timestamp(at),
    client: clientId(client),
  });
}

/** The batch of the sample PRE-PREPARE. */
export const sampleBatch: Batch = [requestFrom(0, 1), requestFrom(1, 1)];

/** Its digest. */
export const sampleDigest: Digest = digestOfBatch(sample, sampleBatch);

/** ⟨PRE-PREPARE⟩ of the primary of view 0. */
export function prePrepareFrom(primary: number, otherwise: Otherwise = {}): Signed<PrePrepare> {
  return signedBy(otherwise.signer ?? primary, { type: 'pre-prepare', ...slotOf(otherwise) });
}

/** ⟨PREPARE⟩ of a replica. */
export function prepareFrom(replica: number, otherwise: Otherwise = {}): Signed<Prepare> {
  return signedBy(otherwise.signer ?? replica, {
    type: 'prepare',
    ...slotOf(otherwise),
    replica: replicaId(otherwise.replica ?? replica),
  });
}

/** ⟨COMMIT⟩ of a replica. */
export function commitFrom(replica: number, otherwise: Otherwise = {}): Signed<Commit> {
  return signedBy(otherwise.signer ?? replica, {
    type: 'commit',
    ...slotOf(otherwise),
    replica: replicaId(otherwise.replica ?? replica),
  });
}

/** ⟨CHECKPOINT⟩ of a replica, at 8 unless the test says otherwise. */
export function checkpointFrom(replica: number, otherwise: Otherwise = {}): Signed<Checkpoint> {
  return signedBy(otherwise.signer ?? replica, {
    type: 'checkpoint',
    sequence: sequenceNumber(otherwise.sequence ?? 8),
    digest: otherwise.digest ?? digestOf('c'),
    replica: replicaId(otherwise.replica ?? replica),
  });
}

/** ⟨REPLY⟩ of a replica to client 0's request at 1. */
export function replyFrom(
  replica: number,
  otherwise: Otherwise & {
    readonly result?: string;
    readonly client?: number;
    readonly at?: number;
  } = {},
): Signed<Reply> {
  return signedBy(otherwise.signer ?? replica, {
    type: 'reply',
    view: view(otherwise.view ?? 0),
    timestamp: timestamp(otherwise.at ?? 1),
    client: clientId(otherwise.client ?? 0),
    replica: replicaId(otherwise.replica ?? replica),
    result: otherwise.result ?? 'ok',
  });
}

/** What a test says otherwise about a STATUS. */
export interface OtherwiseStatus {
  readonly view?: number;
  readonly phase?: Status['phase'];
  readonly lowWatermark?: number;
  readonly lastExecuted?: number;
  readonly prePrepared?: readonly number[];
  readonly prepared?: readonly number[];
  readonly committed?: readonly number[];
  readonly hasNewView?: boolean;
  readonly viewChanges?: readonly number[];
  readonly missing?: readonly Digest[];
  readonly replica?: number;
}

/** STATUS of a replica that has nothing. */
export function statusFrom(replica: number, otherwise: OtherwiseStatus = {}): Signed<Status> {
  return signedBy(replica, {
    type: 'status',
    view: view(otherwise.view ?? 0),
    phase: otherwise.phase ?? 'normal',
    lowWatermark: sequenceNumber(otherwise.lowWatermark ?? 0),
    lastExecuted: sequenceNumber(otherwise.lastExecuted ?? 0),
    hasNewView: otherwise.hasNewView ?? otherwise.phase !== 'changing-view',
    prePrepared: (otherwise.prePrepared ?? []).map(sequenceNumber),
    prepared: (otherwise.prepared ?? []).map(sequenceNumber),
    committed: (otherwise.committed ?? []).map(sequenceNumber),
    viewChanges: (otherwise.viewChanges ?? []).map(replicaId),
    missing: otherwise.missing ?? [],
    replica: replicaId(otherwise.replica ?? replica),
  });
}

/** DATA of a replica: the sample slot, decided. */
export function dataFrom(
  replica: number,
  otherwise: Otherwise & { readonly batch?: Batch; readonly commits?: SlotData['commits'] } = {},
): Signed<SlotData> {
  const { sequence = 1, digest = sampleDigest, batch = sampleBatch } = otherwise;
  return signedBy(otherwise.signer ?? replica, {
    type: 'data',
    kind: 'slot',
    sequence: sequenceNumber(sequence),
    digest,
    batch,
    commits: otherwise.commits ?? [0, 1, 2].map((i) => commitFrom(i, { sequence, digest })),
    replica: replicaId(otherwise.replica ?? replica),
  });
}

/** A replica at the very beginning. */
export function standingOf(id: number, otherwise: Partial<Omit<Standing, 'id'>> = {}): Standing {
  return {
    configuration: sample,
    id: replicaId(id),
    view: view(0),
    phase: 'normal',
    lowWatermark: sequenceNumber(0),
    lastExecuted: sequenceNumber(0),
    ...otherwise,
  };
}

function slotOf(otherwise: Otherwise): Omit<PrePrepare, 'type'> {
  return {
    view: view(otherwise.view ?? 0),
    sequence: sequenceNumber(otherwise.sequence ?? 1),
    digest: otherwise.digest ?? sampleDigest,
  };
}

/** One way for a case to be wrong, and the reason for which it is then refused. */
export interface Defect<Case> {
  readonly reason: Rejection;
  readonly why: string;
  readonly spoil: (honest: Case) => Case;
}

/** Every two defects together, listed in the order of the checks: the earlier check must name the reason. */
export function pairsOf<Case>(
  defects: readonly Defect<Case>[],
): readonly { readonly first: Defect<Case>; readonly second: Defect<Case> }[] {
  return defects.flatMap((first, i) => defects.slice(i + 1).map((second) => ({ first, second })));
}
