import type { TraceEvent } from '#core/network/trace-event.ts';
import { isHidden } from '#core/pbft/concealment.ts';

import { Recent } from './recent.ts';

type Report<T extends TraceEvent['type']> = Extract<TraceEvent, { readonly type: T }>;

/** A COMMIT by its signer. */
interface Committed {
  readonly view: number;
  readonly sequence: number;
  readonly digest: string;
}

/**
 * Who can be proven faulty by signatures alone. What counts as signed is what a correct replica has
 * verified: votes and VIEW-CHANGEs that it counted, PRE-PREPAREs and NEW-VIEWs that it accepted, contradictions that it filed.
 * What one replica has verified and what another has may contradict each other without either knowing it.
 */
export class Forensics {
  private readonly signed: Recent<string, string>;
  private readonly commits: Recent<string, Committed & { readonly signer: number }>;
  private readonly newViews: Recent<string, Report<'new-view'>>;
  private readonly guilty = new Set<number>();
  private readonly n: number;

  constructor(n: number, limit = Infinity) {
    this.signed = new Recent(limit);
    this.commits = new Recent(limit);
    this.newViews = new Recent(limit);
    this.n = n;
  }

  /** Replicas that signed two digests where a correct one signs one, or hid what they had committed, in order. */
  get culprits(): readonly number[] {
    this.findConcealed();
    return [...this.guilty].toSorted((a, b) => a - b);
  }

  /** Files what an event of a correct replica shows to be signed. */
  observe(event: TraceEvent): void {
    if (event.type === 'evidence') this.guilty.add(event.culprit);
    if (event.type === 'pre-prepared') {
      this.file('pre-prepare', event.view, event.sequence, event.view % this.n, event.digest);
    }
    if (event.type === 'counted') {
      const { kind, view = 0, sequence = 0, signer, digest } = event;
      if (typeof signer === 'number' && digest !== undefined) {
        this.file(kind, view, sequence, signer, digest);
        if (kind === 'commit') {
          this.commits.set(`${view}/${sequence}/${signer}`, { view, sequence, signer, digest });
        }
      }
    }
    if (event.type === 'new-view') {
      this.file('new-view', event.view, 0, event.primary, event.digest);
      this.newViews.set(`${event.view}/${event.digest}`, event);
    }
  }

  /** V of an accepted NEW-VIEW against the COMMITs that others have counted. */
  private findConcealed(): void {
    for (const { view, viewChanges } of this.newViews.values()) {
      for (const { replica, stable, prepared } of viewChanges) {
        for (const { signer, ...committed } of this.commits.values()) {
          if (signer === replica && isHidden(committed, { view, stable, prepared })) {
            this.guilty.add(signer);
          }
        }
      }
    }
  }

  private file(kind: string, view: number, sequence: number, signer: number, digest: string): void {
    const statement = `${kind}/${view}/${sequence}/${signer}`;
    const first = this.signed.get(statement) ?? digest;
    this.signed.set(statement, first);
    if (first !== digest) this.guilty.add(signer);
  }
}
