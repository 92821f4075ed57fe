import type { Configuration } from '#core/pbft/configuration.ts';

import type { Endpoint } from './frame.ts';
import { type BusPort, LiveBus } from './live-bus.ts';
import type { LiveFacts, LiveStatus } from './live-facts.ts';
import { type Findings, LiveMonitor } from './live-monitor.ts';
import type { LiveFailure } from './live-process.ts';

/** A replica as the desk knows it; what is counted goes on over its restarts. */
export interface DeskStatus extends LiveStatus {
  readonly isTrusted: boolean;
}

/** Something that the facts say has happened; `atMs` by `performance.timeOrigin`. */
export interface DeskMark {
  readonly atMs: number;
  readonly kind: 'view' | 'stable' | 'voting-again';
  readonly replica: number;
  readonly view: number;
  readonly sequence: number;
}

/** What the bus and the monitor know. */
export interface DeskReport {
  readonly messages: number;
  readonly bytes: number;
  readonly dropped: number;
  /** By replica; undefined for one that was not heard of yet. */
  readonly statuses: readonly (DeskStatus | undefined)[];
  /** Since the last report. */
  readonly marks: readonly DeskMark[];
  readonly failures: readonly LiveFailure[];
  readonly findings: Findings;
}

/** A run that is never looked at does not grow. */
const marksMax = 1000;

/** What one incarnation counts from nothing, added up. */
const counted = [
  'turns',
  'commits',
  'commitBytes',
  'signatures',
  'verifications',
  'busyMs',
] as const;

interface Known {
  readonly told: LiveStatus;
  readonly sum: LiveStatus;
}

/** The bus with the monitor beside it: what a replica says of itself comes here before what it sends. */
export class LiveDesk {
  private readonly monitor: LiveMonitor;
  private readonly bus: LiveBus;
  private readonly known = new Map<number, Known>();
  private readonly marks: DeskMark[] = [];
  private readonly failures: LiveFailure[] = [];
  private stable = 0;

  constructor({ n, logSize }: Configuration) {
    this.monitor = new LiveMonitor(n, logSize);
    this.bus = new LiveBus({
      facts: (facts) => {
        this.hear(facts);
      },
      failed: (failure) => {
        this.failures.push(failure);
      },
    });
  }

  connect(endpoint: Endpoint, port: BusPort): void {
    this.bus.connect(endpoint, port);
  }

  disconnect(endpoint: Endpoint): void {
    this.bus.disconnect(endpoint);
  }

  pause(replica: number): void {
    this.bus.pause(replica);
  }

  resume(replica: number): void {
    this.bus.resume(replica);
  }

  partition(groups: readonly (readonly number[])[]): void {
    this.bus.partition(groups);
  }

  distrust(replica: number): void {
    this.monitor.distrust(replica);
  }

  report(n: number): DeskReport {
    const statuses = Array.from({ length: n }, (_, replica) => {
      const sum = this.known.get(replica)?.sum;
      return sum && { ...sum, isTrusted: this.monitor.isTrusted(replica) };
    });
    return {
      ...this.bus.counts,
      statuses,
      marks: this.marks.splice(0),
      failures: [...this.failures],
      findings: this.monitor.findings,
    };
  }

  private hear(facts: LiveFacts): void {
    this.monitor.take(facts);
    const { replica, status, votingAgainMs } = facts;
    const known = this.known.get(replica);
    const { view, stable } = status;
    if (votingAgainMs !== undefined) this.mark('voting-again', facts, votingAgainMs);
    if (known !== undefined && known.told.view !== view) this.mark('view', facts);
    if (stable > this.stable) {
      this.stable = stable;
      this.mark('stable', facts);
    }
    this.known.set(replica, { told: status, sum: summed(known, status) });
  }

  private mark(
    kind: DeskMark['kind'],
    { replica, status }: LiveFacts,
    atMs = performance.timeOrigin + performance.now(),
  ): void {
    if (this.marks.length === marksMax) this.marks.shift();
    this.marks.push({ atMs, kind, replica, view: status.view, sequence: status.stable });
  }
}

/** A new incarnation counts from nothing: less than before is all new. */
function summed(known: Known | undefined, status: LiveStatus): LiveStatus {
  if (known === undefined) return status;
  const isNew = status.turns < known.told.turns;
  const sums = counted.map((name): readonly [string, number] => {
    const more = isNew ? status[name] : status[name] - known.told[name];
    return [name, known.sum[name] + more];
  });
  return { ...status, ...Object.fromEntries(sums) };
}
