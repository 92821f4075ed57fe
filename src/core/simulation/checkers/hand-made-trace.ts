import type { MessageHeader, TraceEvent } from '#core/network/trace-event.ts';
import { defaults } from '#core/pbft/configuration.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { ReplicaInspection } from '#core/replica/inspection.ts';
import type { Happening } from '#core/simulation/trace.ts';

import type { Checker, Problem } from './checker.ts';
import { Oracle, type Violation } from './oracle.ts';

/** An event of a trace written by hand: who, what. */
export type Written = readonly [
  process: ProcessId | undefined,
  happening: Happening,
  lost?: 'lost',
];

/** What one checker finds in a trace written by hand: four replicas and two clients, K = 8, L = 16. */
export function findingsIn(checker: Checker, events: readonly Written[]): readonly Violation[] {
  const oracle = oracleOf(checker);
  return traceOf(events).flatMap((event) => oracle.observe(event));
}

/** What one checker finds in a replica after such a trace. */
export function findingsInside(
  checker: Checker,
  events: readonly Written[],
  inspection: Partial<ReplicaInspection>,
  badCertificates: readonly string[] = [],
): readonly Violation[] {
  const oracle = oracleOf(checker);
  for (const event of traceOf(events)) oracle.observe(event);
  const process = inspection.id ?? 0;
  return oracle.examine({
    process,
    inspection: { ...emptyReplica, id: process, ...inspection },
    badCertificates,
  });
}

/** What one checker finds in such a trace when it is asked at the end. */
export function findingsAtTheEnd(
  checker: Checker,
  events: readonly Written[],
): readonly Violation[] {
  const oracle = oracleOf(checker);
  for (const event of traceOf(events)) oracle.observe(event);
  return oracle.conclude();
}

function oracleOf(checker: Checker): Oracle {
  return new Oracle({ ...defaults, clients: 2 }, [checker]);
}

function traceOf(events: readonly Written[]): readonly TraceEvent[] {
  return events.map(([process, happening, lost], id) => ({
    id,
    atMs: id,
    ...(process !== undefined && { process }),
    ...(lost !== undefined && { lost: true as const }),
    ...happening,
  }));
}

/** The violation that a checker should find, its words apart. */
export function violation(invariant: string, about: Partial<Problem>): object {
  return { type: 'violation', invariant, ...about };
}

/** Two digests. */
export const a = 'a'.repeat(64);
export const b = 'b'.repeat(64);

/** A replica has executed a batch of one operation of client 0 at `sequence`. */
export function executed(
  sequence: number,
  digest = a,
  operation: Partial<OperationOf> = {},
): Extract<Happening, { readonly type: 'executed' }> {
  const defaultsOf = { client: 0, timestamp: sequence, operation: put, result: 'ok' };
  const whole = { ...defaultsOf, duplicate: false, ...operation };
  return { type: 'executed', sequence, digest, executed: sequence, operations: [whole] };
}

type OperationOf = Extract<Happening, { readonly type: 'executed' }>['operations'][number];

/** The operation that `executed` executes. */
export const put = '{"put":["x","1"]}';

/** A process has sent a message about a slot of view 0. */
export function sent(
  header: Partial<MessageHeader> & Pick<MessageHeader, 'kind' | 'signer'>,
): Extract<Happening, { readonly type: 'sent' }> {
  return {
    type: 'sent',
    message: 0,
    to: 1,
    header: { view: 0, sequence: 1, digest: a, ...header },
  };
}

/** A replica has prepared or committed a digest at sequence number 1. */
export function voted(type: 'prepared' | 'committed', digest = a, view = 0): Happening {
  return { type, view, sequence: 1, digest, signers: [0, 1, 2] };
}

/** Replica 0 turns Byzantine. */
export const byzantine: Happening = { type: 'byzantine', behaviour: 'silent' };

/** A replica that has done nothing. */
export const emptyReplica: ReplicaInspection = {
  kind: 'replica',
  id: 0,
  status: 'normal',
  view: 0,
  primary: 0,
  lowWatermark: 0,
  highWatermark: 16,
  lastExecuted: 0,
  executed: 0,
  stateDigest: a,
  incarnation: 0,
  state: [],
  clientTable: [],
  pending: [],
  slots: [],
  checkpoints: [],
  evidence: [],
  viewChanges: [],
  memory: {
    batches: 0,
    awaitedBatches: 0,
    archivedDecisions: 0,
    preparedCertificates: 0,
    olderCommits: 0,
    earlyMessages: 0,
    checkpointClaims: 0,
    claimsAhead: 0,
    proofs: 0,
    viewChanges: 0,
    viewChangeEntries: 0,
    proposedRequests: 0,
    repeatedReplies: 0,
    resentMessages: 0,
  },
  workflows: [],
  waiting: [],
};
