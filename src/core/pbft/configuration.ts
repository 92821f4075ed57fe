import { encode } from '#core/base/cbor-encoding.ts';
import { digestHex } from '#core/base/digest.ts';
import { bytesOfHex } from '#core/base/hex.ts';

import type { Quorums } from './quorum.ts';
import { quorumsOf, quorumsUnder } from './quorum.ts';
import type { Digest, ReplicaId } from './terms.ts';
import { digest, replicaId } from './terms.ts';

/** Begins every digest and signature input: which protocol, and which version of its encoding. */
export const protocolId = 'pbft-lab/1';

/** The service that the cluster replicates. */
export type ServiceName = 'key-value' | 'bank' | 'list';

/** What all processes of a cluster agree on before they start. */
export interface Configuration {
  readonly n: number;
  readonly f: number;
  readonly clients: number;
  /** All keys and all randomness come from it. */
  readonly seed: number;
  readonly service: ServiceName;
  /** K: a checkpoint every K sequence numbers. */
  readonly checkpointInterval: number;
  /** L: how many sequence numbers above the low watermark are accepted. */
  readonly logSize: number;
  readonly requestTimeoutMs: number;
  readonly viewChangeTimeoutMs: number;
  readonly resendMs: number;
  readonly clientTimeoutMs: number;
  /** The most requests in a batch. */
  readonly batchMax: number;
  /** W: the most batches proposed but not executed. */
  readonly pipeline: number;
  /** Rules left out on purpose. Part of nobody's identity, so that a run with and without them has the same keys and digests. */
  readonly ablation: readonly string[];
}

/** The rules that a scenario can leave out, by name, to show what each is for. Each is read in one place. */
export const ablations = [
  'no-commit-phase',
  'quorum-f+1',
  'naive-quorum-2f+1',
  'no-signatures',
  'count-primary-prepare',
  'accept-second-pre-prepare',
  'forget-votes',
  'forget-view',
  'ignore-prepared-in-view-change',
  'any-view-in-new-view',
  'unchecked-new-view',
  'no-checkpoint-table',
  'send-before-commit',
  'no-client-table',
  'no-execution-order',
] as const;

/** A rule that can be left out. One is for the tests of counting only: a scenario cannot name it. */
export type Ablation = (typeof ablations)[number] | 'no-vote-deduplication';

/** Four replicas and one client; the protocol settings of a scenario that names none. */
export const defaults: Configuration = {
  n: 4,
  f: 1,
  clients: 1,
  seed: 1,
  service: 'key-value',
  checkpointInterval: 8,
  logSize: 16,
  requestTimeoutMs: 500,
  viewChangeTimeoutMs: 1000,
  resendMs: 250,
  clientTimeoutMs: 1000,
  batchMax: 1,
  pipeline: 8,
  ablation: [],
};

/** The most requests that a configuration may allow in a batch: such a batch fits in a packet. */
export const batchMaxLimit = 128;

/** Whether the rule that `ablation` names is left out. */
export function isAblated(c: Configuration, ablation: Ablation): boolean {
  return c.ablation.includes(ablation);
}

/** The quorums of this cluster: the sound ones, unless an ablation says otherwise. */
export function quorumsIn(c: Configuration): Quorums {
  const known = quorums.get(c) ?? quorumsUnder((rule) => isAblated(c, rule), quorumsOf(c.n, c.f));
  quorums.set(c, known);
  return known;
}

const quorums = new WeakMap<Configuration, Quorums>();

/** All replicas but one, in order: to whom it speaks. */
export function othersThan(c: Configuration, id: ReplicaId): readonly ReplicaId[] {
  const known = others.get(c) ?? new Map<ReplicaId, readonly ReplicaId[]>();
  others.set(c, known);
  const all =
    known.get(id) ?? Array.from({ length: c.n }, (_, i) => replicaId(i)).filter((i) => i !== id);
  known.set(id, all);
  return all;
}

const others = new WeakMap<Configuration, Map<ReplicaId, readonly ReplicaId[]>>();

/** Why this is no configuration (pbft.md 1.1), with the field it is about; undefined if it is one. */
export function configurationProblem(
  c: Configuration,
): { readonly field: keyof Configuration; readonly says: string } | undefined {
  const counts = ['n', 'clients', 'checkpointInterval', 'batchMax', 'pipeline'] as const;
  for (const field of counts) {
    if (!isPositive(c[field])) return { field, says: `${c[field]} is no positive integer` };
  }
  const times = ['requestTimeoutMs', 'viewChangeTimeoutMs', 'resendMs', 'clientTimeoutMs'] as const;
  for (const field of times) {
    if (!isPositive(c[field])) return { field, says: `${c[field]} is no positive integer` };
  }
  if (!Number.isSafeInteger(c.seed)) return { field: 'seed', says: `${c.seed} is no integer` };
  if (!Number.isSafeInteger(c.f) || c.f < 0 || c.n < 3 * c.f + 1) {
    return { field: 'f', says: `${c.f} faults are not tolerated by ${c.n} replicas` };
  }
  if (!Number.isSafeInteger(c.logSize) || c.logSize < 2 * c.checkpointInterval) {
    return { field: 'logSize', says: `${c.logSize} is less than two checkpoint intervals` };
  }
  if (c.batchMax > batchMaxLimit) {
    return { field: 'batchMax', says: `${c.batchMax} is more than ${batchMaxLimit}` };
  }
  return undefined;
}

/** The digest of a configuration as bytes, as everything signed and digested begins with it. */
export function configurationBytes(c: Configuration): Uint8Array {
  const known = stamps.get(c);
  if (known !== undefined) return known;
  const computed = bytesOfHex(configurationDigest(c));
  stamps.set(c, computed);
  return computed;
}

const stamps = new WeakMap<Configuration, Uint8Array>();

const digests = new WeakMap<Configuration, Digest>();

/**
 * What tells this cluster from every other: all that two correct processes must agree on. Signatures and
 * digests begin with it, so nothing of one cluster means anything in another.
 */
export function configurationDigest(c: Configuration): Digest {
  const known = digests.get(c);
  if (known !== undefined) return known;
  const computed = digest(
    digestHex(
      encode([
        protocolId,
        'configuration',
        c.n,
        c.f,
        c.clients,
        c.seed,
        c.service,
        c.checkpointInterval,
        c.logSize,
        c.batchMax,
      ]),
    ),
  );
  digests.set(c, computed);
  return computed;
}

function isPositive(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
