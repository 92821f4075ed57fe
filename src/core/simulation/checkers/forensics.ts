import type { TraceEvent } from '#core/network/trace-event.ts';

import { Recent } from './recent.ts';

/**
 * Who can be proven faulty by signatures alone. What counts as signed is what a correct replica has
 * verified: votes and VIEW-CHANGEs that it counted, PRE-PREPAREs and NEW-VIEWs that it accepted, contradictions that it filed.
 */
export class Forensics {
  private readonly signed: Recent<string, string>;
  private readonly guilty = new Set<number>();
  private readonly n: number;

  constructor(n: number, limit = Infinity) {
    this.signed = new Recent(limit);
    this.n = n;
  }

  /** Replicas that signed two digests where a correct one signs one, in order. */
  get culprits(): readonly number[] {
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
      }
    }
    if (event.type === 'new-view') {
      this.file('new-view', event.view, 0, event.primary, event.digest);
    }
  }

  private file(kind: string, view: number, sequence: number, signer: number, digest: string): void {
    const statement = `${kind}/${view}/${sequence}/${signer}`;
    const first = this.signed.get(statement) ?? digest;
    this.signed.set(statement, first);
    if (first !== digest) this.guilty.add(signer);
  }
}
