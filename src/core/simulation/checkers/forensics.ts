import type { TraceEvent } from '#core/network/trace-event.ts';

/**
 * Who can be proven faulty by signatures alone. What counts as signed is what a correct replica has
 * verified: votes that it counted, PRE-PREPAREs that it accepted, contradictions that it filed.
 */
export class Forensics {
  private readonly signed = new Map<string, string>();
  private readonly guilty = new Set<number>();
  private readonly n: number;

  constructor(n: number) {
    this.n = n;
  }

  /** Replicas that signed two digests for one slot, in order. */
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
      const { kind, view = 0, sequence, signer, digest } = event;
      if (typeof signer !== 'number' || sequence === undefined || digest === undefined) return;
      this.file(kind, view, sequence, signer, digest);
    }
  }

  private file(kind: string, view: number, sequence: number, signer: number, digest: string): void {
    const statement = `${kind}/${view}/${sequence}/${signer}`;
    const first = this.signed.get(statement) ?? digest;
    this.signed.set(statement, first);
    if (first !== digest) this.guilty.add(signer);
  }
}
