import type { Behaviour } from '#core/replica/process.ts';

import type { DeskReport, DeskStatus } from './live-desk.ts';
import type { LoadReport } from './live-load.ts';
import type { LiveMark, LiveReplica, LiveSample, LiveTotals } from './live-report.ts';

/** What the page itself knows of a replica. */
export interface Kept {
  readonly state: LiveReplica['state'];
  readonly behaviour: Behaviour | null;
  readonly problem?: string;
  /** When its worker was terminated last, by `performance.timeOrigin`. */
  readonly terminatedMs?: number;
}

/** What samples are made of. */
export interface SampleParts {
  readonly atMs: number;
  /** When the session began, by `performance.timeOrigin`. */
  readonly beganMs: number;
  readonly desk: DeskReport;
  readonly load: LoadReport;
  readonly replicas: readonly Kept[];
  /** What the page did since the last sample. */
  readonly marks: readonly LiveMark[];
  readonly problems: readonly string[];
}

/** Makes samples: what is told as a sum it also tells as a share of the interval. */
export class LiveSampling {
  private lastMs = 0;
  private readonly busyMs = new Map<number, number>();

  sample(parts: SampleParts): LiveSample {
    const { atMs, desk, load, problems } = parts;
    const intervalMs = Math.max(1, atMs - this.lastMs);
    this.lastMs = atMs;
    return {
      atMs,
      acknowledged: load.acknowledged,
      queued: load.queued,
      latencyMs: load.latencyMs,
      totals: totalsOf(desk, load),
      replicas: parts.replicas.map((kept, replica) =>
        this.replicaOf(replica, kept, desk.statuses[replica], intervalMs),
      ),
      marks: marksOf(parts),
      violations: [...desk.findings.violations, ...problems],
      loadEnded: load.hasEnded,
    };
  }

  private replicaOf(
    replica: number,
    kept: Kept,
    status: DeskStatus | undefined,
    intervalMs: number,
  ): LiveReplica {
    const { busyMs, view, executed, lastExecuted, ...more } = status ?? unheard;
    const { stable, turns, commits, storageBytes } = more;
    const busy = busyMs - (this.busyMs.get(replica) ?? 0);
    this.busyMs.set(replica, busyMs);
    const { state, behaviour, problem } = kept;
    return {
      replica,
      state,
      ...(problem !== undefined && { problem }),
      behaviour,
      learner: status?.phase === 'learner',
      view,
      executed,
      lastExecuted,
      stable,
      turns,
      commits,
      storageBytes,
      busyShare: Math.min(1, busy / intervalMs),
    };
  }
}

/** A replica that has told nothing yet. */
const unheard = {
  busyMs: 0,
  view: 0,
  executed: 0,
  lastExecuted: 0,
  stable: 0,
  turns: 0,
  commits: 0,
  storageBytes: 0,
};

function totalsOf({ messages, bytes, statuses }: DeskReport, load: LoadReport): LiveTotals {
  const sum = (of: (status: DeskStatus) => number): number =>
    statuses.reduce((total, status) => total + (status === undefined ? 0 : of(status)), 0);
  return {
    messages,
    bytes,
    signatures: load.signatures + sum(({ signatures }) => signatures),
    verifications: load.verifications + sum(({ verifications }) => verifications),
    commits: sum(({ commits }) => commits),
    commitBytes: sum(({ commitBytes }) => commitBytes),
  };
}

/** In the order in which it happened; times are since the session began. */
function marksOf({ desk, marks, beganMs, replicas }: SampleParts): readonly LiveMark[] {
  const told = desk.marks.map(({ atMs, kind, replica, view, sequence }): LiveMark => {
    const terminatedMs = replicas[replica]?.terminatedMs;
    return {
      atMs: Math.max(0, atMs - beganMs),
      kind,
      replica,
      ...(kind === 'view' && { view }),
      ...(kind === 'stable' && { sequence }),
      ...(kind === 'voting-again' &&
        terminatedMs !== undefined && { afterMs: atMs - terminatedMs }),
    };
  });
  return [...marks, ...told].sort((a, b) => a.atMs - b.atMs);
}
