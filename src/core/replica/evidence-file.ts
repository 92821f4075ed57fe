'use persistent';

import type { Concealment } from '#core/pbft/concealment.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import {
  contradiction,
  type Evidence,
  type Statement,
  type ViewEvidence,
} from '#core/pbft/evidence.ts';
import type { Signed } from '#core/pbft/message.ts';
import { PersistentMap } from '#core/persistent/index.ts';

import { report } from './outbox.ts';
import type { EvidenceReport } from './report.ts';

/** A proof that a replica is faulty, by its own signatures. */
export type Proof = Evidence | ViewEvidence | Concealment;

/** The most proofs that are kept against one replica: one is enough. */
const proofsMax = 16;

/** The proofs that replicas are faulty: pairs of signed messages that no correct one sends both. */
export class EvidenceFile {
  readonly proofs = new PersistentMap<string, Proof>();

  /** Keeps and reports what two messages prove, once for each place. */
  add(c: Configuration, first: Signed<Statement>, second: Signed<Statement>): void {
    this.keep(contradiction(c, first, second));
  }

  /** Keeps and reports a proof, if it is one and the first for its place. */
  keep(evidence: Proof | undefined): void {
    if (evidence === undefined) return;
    const proof = evidenceReport(evidence);
    const { culprit, kind, view, sequence } = proof;
    const key = `${culprit} ${kind} ${view ?? ''} ${sequence ?? ''}`;
    if (this.proofs.has(key) || this.against(culprit) >= proofsMax) return;
    this.proofs.set(key, evidence);
    report(proof);
  }

  private against(culprit: number): number {
    return [...this.proofs.values()].filter((evidence) => evidence.culprit === culprit).length;
  }
}

/** A proof as plain data. */
export function evidenceReport(evidence: Proof): EvidenceReport {
  const { culprit, kind, view, digests } = evidence;
  return {
    type: 'evidence',
    culprit,
    kind,
    ...(view !== undefined && { view }),
    ...('sequence' in evidence && { sequence: evidence.sequence }),
    digests,
  };
}
