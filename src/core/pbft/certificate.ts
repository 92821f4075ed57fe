import type { Configuration } from './configuration.ts';
import { isAblated, quorumsIn } from './configuration.ts';
import type { Commit, PrePrepare, Prepare, Signed } from './message.ts';
import { primaryOf } from './quorum.ts';
import type { Rejection } from './rejection.ts';
import type { Digest, SequenceNumber, View } from './terms.ts';
import { distinctVotes, mayPrepare } from './vote.ts';

/** Proof that no other request can prepare at this sequence number in this view. */
export interface PreparedCertificate {
  readonly prePrepare: Signed<PrePrepare>;
  /** Q - 1 of them, from different backups. */
  readonly prepares: readonly Signed<Prepare>[];
}

/** Q COMMITs of one view and digest: they decide the sequence number in every view (pbft.md 1.5). */
export interface CommitCertificate {
  readonly view: View;
  readonly sequence: SequenceNumber;
  readonly digest: Digest;
  /** From different replicas. */
  readonly commits: readonly Signed<Commit>[];
}

type SlotDigest = Pick<Commit, 'view' | 'sequence' | 'digest'>;

/**
 * prepared(m, v, n, i), §4.2: the certificate in `prepares` that backs `prePrepare`, if there is one.
 *
 * The primary speaks through its pre-prepare, so Q - 1 backups complete a quorum of Q.
 */
export function preparedCertificate(
  c: Configuration,
  prePrepare: Signed<PrePrepare>,
  prepares: Iterable<Signed<Prepare>>,
): PreparedCertificate | undefined {
  const needed = quorumsIn(c).quorum - 1;
  const backing = distinctVotes(c, prepares).filter(
    ({ body }) => isSame(body, prePrepare.body) && mayPrepare(c, body.view, body.replica),
  );
  if (backing.length < needed) return undefined;
  return { prePrepare, prepares: backing.slice(0, needed) };
}

/**
 * committed-local(m, v, n, i), §4.2: the Q COMMITs that decide what is prepared here, if there are as many.
 * A COMMIT for another digest counts for nothing.
 */
export function committedCertificate(
  c: Configuration,
  { prePrepare: { body } }: PreparedCertificate,
  commits: Iterable<Signed<Commit>>,
): CommitCertificate | undefined {
  const { view, sequence, digest } = body;
  if (isAblated(c, 'no-commit-phase')) return { view, sequence, digest, commits: [] };
  const matching = distinctVotes(c, commits).filter((commit) => isSame(commit.body, body));
  return certificateOf(c, body, matching);
}

/**
 * The commit certificate in `commits`, of whatever view and digest: Q equal ones prove that Q - f correct
 * replicas prepared it, which every view change preserves. So it decides although nothing is prepared here.
 */
export function commitCertificate(
  c: Configuration,
  commits: Iterable<Signed<Commit>>,
): CommitCertificate | undefined {
  const all = [...commits];
  if (all.length < quorumsIn(c).quorum) return undefined;
  for (const { body } of all) {
    const matching = all.filter((commit) => isSame(commit.body, body));
    const certificate = certificateOf(c, body, distinctVotes(c, matching));
    if (certificate) return certificate;
  }
  return undefined;
}

/** Why `certificate` proves nothing, its signatures apart; undefined if it does. */
export function preparedCertificateRejection(
  c: Configuration,
  { prePrepare, prepares }: PreparedCertificate,
): Rejection | undefined {
  if (prePrepare.signer !== primaryOf(prePrepare.body.view, c.n)) return 'bad-certificate';
  const complete = preparedCertificate(c, prePrepare, prepares);
  return complete?.prepares.length === prepares.length ? undefined : 'bad-certificate';
}

/** Why `certificate` decides nothing, its signatures apart; undefined if it does. Every COMMIT in it must count. */
export function commitCertificateRejection(
  c: Configuration,
  { commits, ...slot }: CommitCertificate,
): Rejection | undefined {
  const counting = distinctVotes(c, commits).filter(({ body }) => isSame(body, slot));
  const complete = counting.length === commits.length && counting.length >= quorumsIn(c).quorum;
  return complete ? undefined : 'bad-certificate';
}

function certificateOf(
  c: Configuration,
  { view, sequence, digest }: SlotDigest,
  commits: readonly Signed<Commit>[],
): CommitCertificate | undefined {
  const needed = quorumsIn(c).quorum;
  if (commits.length < needed) return undefined;
  return { view, sequence, digest, commits: commits.slice(0, needed) };
}

function isSame(a: SlotDigest, b: SlotDigest): boolean {
  return a.view === b.view && a.sequence === b.sequence && a.digest === b.digest;
}
