import type { ReplicaInspection } from '#core/replica/inspection.ts';

import type { Findings } from './live-monitor.ts';
import type { LiveResult } from './live-report.ts';

/** A correct replica in the end. */
export type FinalState = Pick<ReplicaInspection, 'id' | 'executed' | 'stateDigest' | 'clientTable'>;

/** What a run is judged by. */
export interface Evidence {
  readonly issued: number;
  readonly acknowledged: number;
  /** By client: the timestamp of the last operation that was acknowledged; 0: none was. */
  readonly acknowledgements: ArrayLike<number>;
  /** Of the replicas that nobody made lie and that have not failed. */
  readonly states: readonly FinalState[];
  readonly findings: Findings;
  /** What else has gone wrong, in words. */
  readonly problems: readonly string[];
}

/** Whether every acknowledged operation is executed, once, and the same everywhere. */
export function judge(
  evidence: Evidence,
): Omit<LiveResult, 'durationMs' | 'faults' | 'acknowledged'> {
  const { states, findings, problems } = evidence;
  const lost = Math.max(0, ...states.map((state) => lostBy(state, evidence)));
  const twice = Math.max(0, ...states.map(({ executed }) => executed - evidence.issued));
  const pairs = unequalPairs(states);
  return {
    lost,
    contradictions: findings.contradictions + findings.disagreements,
    unequalStates: findings.unequalStates + pairs,
    executedTwice: findings.executedTwice + twice,
    stateDigests: Object.fromEntries(states.map(({ id, stateDigest }) => [id, stateDigest])),
    executed: Object.fromEntries(states.map(({ id, executed }) => [id, executed])),
    violations: [
      ...findings.violations,
      ...problems,
      ...(lost > 0 ? [`${lost} acknowledged operations are not executed.`] : []),
      ...(twice > 0 ? [`${twice} more operations are executed than were ever issued.`] : []),
      ...(pairs > 0 ? [`${pairs} pairs of correct replicas have different states.`] : []),
    ],
  };
}

/** A client's operations are executed in their order: who has executed the last one has executed all. */
function lostBy({ executed, clientTable }: FinalState, evidence: Evidence): number {
  const served = new Map(clientTable.map(({ client, timestamp }) => [client, timestamp]));
  const unserved = Array.from(evidence.acknowledgements).filter(
    (timestamp, client) => (served.get(client) ?? 0) < timestamp,
  );
  return Math.max(unserved.length, evidence.acknowledged - executed);
}

function unequalPairs(states: readonly FinalState[]): number {
  let pairs = 0;
  for (const [i, state] of states.entries()) {
    for (const other of states.slice(i + 1)) {
      if (other.stateDigest !== state.stateDigest) pairs += 1;
    }
  }
  return pairs;
}
