import type { Quorums } from '#core/pbft/quorum.ts';
import type { Certificate, Intersection } from '#ui/picture/certificates.ts';
import { shortName } from '#ui/picture/process-name.ts';

import { listed } from './listed.ts';
import { shortDigest } from './sentence.ts';

/** "R1 prepared 7a3f, view 0" */
export function certificateWords({ holder, kind, digest, view }: Certificate): string {
  return `${shortName(holder)} ${kind} ${shortDigest(digest)}, view ${view}`;
}

/** Why two quorums share a correct replica, or why these need not. */
export function promiseWords({ n, f, quorum }: Quorums, { promised }: Intersection): string {
  if (promised === 0) {
    return `Two sets of ${quorum} among ${n} replicas need not share any: nothing promises a correct one.`;
  }
  const sum = `2Q − n = ${2 * quorum} − ${n} = ${promised} replica${promised === 1 ? '' : 's'}`;
  return promised > f
    ? `Any two quorums share at least ${sum}. That is more than f = ${f}: one of them is correct, as long as no more than f are faulty.`
    : `Two sets of ${quorum} share only ${sum} for certain. That is not more than f = ${f}: nothing promises that one of them is correct.`;
}

/** Who signed both of these, and who of them is correct. */
export function sharedWords({ shared, correct }: Intersection): string {
  if (shared.length === 0) return 'Nobody signed both of these.';
  const names = listed(shared.map(shortName));
  if (correct.length === 0) {
    return `${names} signed both, and ${shared.length === 1 ? 'is not' : 'none of them is'} correct.`;
  }
  if (correct.length === shared.length) {
    const who = ['is', 'both are'][shared.length - 1] ?? 'all of them are';
    return `${names} signed both, and ${who} correct.`;
  }
  const ones = listed(correct.map(shortName));
  return `${names} signed both; of these ${ones} ${correct.length === 1 ? 'is' : 'are'} correct.`;
}

/** What follows for the two certificates from who signed both. */
export function consequenceWords(
  first: Certificate,
  second: Certificate,
  { correct }: Intersection,
): string {
  const isSame = first.digest === second.digest;
  const one = correct[0] === undefined ? undefined : shortName(correct[0]);
  if (first.view === second.view) {
    if (isSame) {
      return one === undefined
        ? 'They name the same digest, by luck: nobody correct stands behind both.'
        : `${one} votes for one digest in a view, so the two had to name the same.`;
    }
    return one === undefined
      ? 'So two digests could be certified in one view.'
      : `${one} signed two digests in one view although it does not lie: the rule against it was left out.`;
  }
  return acrossViews(first.view < second.view ? first : second, isSame, one);
}

function acrossViews(older: Certificate, isSame: boolean, one: string | undefined): string {
  if (older.kind === 'prepared') {
    return isSame
      ? 'The older one was taken along into the later view, which proposed the same again.'
      : 'The older one was only prepared. Without a quorum of COMMITs a later view may order something else there.';
  }
  if (!isSame) {
    return one === undefined
      ? 'What was committed was not kept: nobody correct told the later view of it.'
      : `What was committed was not kept although ${one} knew of it: the rule that carries it into the later view was left out.`;
  }
  return one === undefined
    ? 'They name the same digest, by luck: nobody correct carried the older one along.'
    : `${one} was prepared when it signed its COMMIT, and its VIEW-CHANGE says so: the later view had to propose the same.`;
}
