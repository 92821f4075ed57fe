import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Quorums } from '#core/pbft/quorum.ts';

/** A certificate that a replica has come to hold. */
export interface Certificate {
  /** The event that tells of it. */
  readonly event: number;
  readonly atMs: number;
  readonly holder: ProcessId;
  readonly kind: 'prepared' | 'committed';
  readonly view: number;
  readonly sequence: number;
  readonly digest: string;
  /** Whose signed votes it is made of, in order; the primary of a view votes by its PRE-PREPARE. */
  readonly signers: readonly number[];
}

/** What two certificates have in common. */
export interface Intersection {
  /** The replicas that signed both. */
  readonly shared: readonly number[];
  /** Those of them that are not known to be faulty. */
  readonly correct: readonly number[];
  /** How many replicas any two quorums share at least: 2Q - n. */
  readonly promised: number;
}

/** The certificates at one sequence number that were ever held up to an instant: of each holder, kind, view and digest one. */
export function certificatesAt(
  told: readonly TraceEvent[],
  sequence: number,
  replicas: number,
): readonly Certificate[] {
  const found = new Map<string, Certificate>();
  for (const event of told) {
    if (event.type !== 'prepared' && event.type !== 'committed') continue;
    if (event.sequence !== sequence || event.lost === true || event.process === undefined) continue;
    const certificate = certificateOf(event, event.process, replicas);
    const { holder, kind, view, digest, signers } = certificate;
    // Where no COMMITs are needed, what is called committed is no certificate.
    if (signers.length > 0) found.set(`${holder} ${kind} ${view} ${digest}`, certificate);
  }
  return [...found.values()];
}

function certificateOf(
  event: Extract<TraceEvent, { type: 'prepared' | 'committed' }>,
  holder: ProcessId,
  replicas: number,
): Certificate {
  const { id, atMs, type, view, sequence, digest } = event;
  const voters = type === 'prepared' ? [view % replicas, ...event.signers] : event.signers;
  const signers = [...new Set(voters)].sort((a, b) => a - b);
  return { event: id, atMs, holder, kind: type, view, sequence, digest, signers };
}

/** Who signed both, and who of them is correct as far as `faulty` tells. */
export function intersectionOf(
  first: Certificate,
  second: Certificate,
  { n, quorum }: Quorums,
  faulty: ReadonlySet<ProcessId>,
): Intersection {
  const shared = first.signers.filter((signer) => second.signers.includes(signer));
  const correct = shared.filter((signer) => !faulty.has(signer));
  return { shared, correct, promised: Math.max(0, 2 * quorum - n) };
}

/** The two certificates that tell most: for different digests, else of different views, else with the least in common. */
export function tellingPair(
  certificates: readonly Certificate[],
): readonly [Certificate, Certificate] | undefined {
  let best: readonly [Certificate, Certificate] | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const [i, first] of certificates.entries()) {
    for (const second of certificates.slice(i + 1)) {
      const score = scoreOf(first, second);
      if (score > bestScore) [best, bestScore] = [[first, second], score];
    }
  }
  return best;
}

function scoreOf(first: Certificate, second: Certificate): number {
  const older = first.view < second.view ? first : second;
  const isAcross = first.view !== second.view;
  const shared = first.signers.filter((signer) => second.signers.includes(signer)).length;
  return (
    (first.digest === second.digest ? 0 : 8000) +
    (isAcross ? 4000 : 0) +
    (isAcross && older.kind === 'committed' ? 2000 : 0) +
    (first.holder === second.holder ? 0 : 1000) -
    shared
  );
}
