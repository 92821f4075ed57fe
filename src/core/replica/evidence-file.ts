'use persistent';

import type { Configuration } from '#core/pbft/configuration.ts';
import { contradiction, type Evidence, type Statement } from '#core/pbft/evidence.ts';
import type { Signed } from '#core/pbft/message.ts';
import { PersistentMap } from '#core/persistent/index.ts';

import { report } from './outbox.ts';

/** The most proofs that are kept against one replica: one is enough. */
const proofsMax = 16;

/** The proofs that replicas are faulty: pairs of signed messages that no correct one sends both. */
export class EvidenceFile {
  readonly proofs = new PersistentMap<string, Evidence>();

  /** Keeps and reports what two messages prove, once for each place. */
  add(c: Configuration, first: Signed<Statement>, second: Signed<Statement>): void {
    const evidence = contradiction(c, first, second);
    if (evidence === undefined) return;
    const { culprit, kind, view, sequence, digests } = evidence;
    const key = `${culprit} ${kind} ${view ?? ''} ${sequence}`;
    if (this.proofs.has(key) || this.against(culprit) >= proofsMax) return;
    this.proofs.set(key, evidence);
    report({
      type: 'evidence',
      culprit,
      kind,
      ...(view !== undefined && { view }),
      sequence,
      digests,
    });
  }

  private against(culprit: number): number {
    return [...this.proofs.values()].filter((evidence) => evidence.culprit === culprit).length;
  }
}
