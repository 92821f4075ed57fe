import { defined } from '#core/base/assert.ts';

import type { Configuration } from './configuration.ts';
import { quorumsIn } from './configuration.ts';
import type { Reply, Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import { rejectionOfSignatures, rejectionOfSigner } from './standing.ts';
import type { ClientId, ReplicaId, Timestamp, View } from './terms.ts';

/** What the rules of acceptance read of a client. */
export interface ClientStanding {
  readonly configuration: Configuration;
  readonly client: ClientId;
  /** The timestamp of the request that waits for its answer, if one does. */
  readonly outstanding?: Timestamp | undefined;
}

/** A result that f + 1 replicas vouch for: at least one of them is correct. */
export interface AcceptedResult {
  readonly result: string;
  readonly view: View;
  readonly replicas: readonly ReplicaId[];
}

/**
 * The checks of §4.1 on a REPLY. Undefined: it counts.
 *
 * `held` is the reply of this signer to the outstanding request that counts already.
 */
export function rejectionOfReply(
  standing: ClientStanding,
  reply: Signed<Reply>,
  verdicts: readonly boolean[],
  held: Reply | undefined,
): Rejection | undefined {
  const { client, timestamp, result } = reply.body;
  if (client !== standing.client) return 'not-for-me';
  if (timestamp !== standing.outstanding) return 'another-request';
  if (held?.result === result) return 'duplicate';
  return (
    rejectionOfSigner(standing.configuration, reply) ??
    rejectionOfSignatures(verdicts) ??
    (held && 'conflicting-vote')
  );
}

/** The result in `replies` to one request that f + 1 different replicas give, if there is one; views may differ. */
export function acceptedResult(
  c: Configuration,
  replies: Iterable<Reply>,
): AcceptedResult | undefined {
  const first = firstOfEach(replies);
  for (const { result } of first) {
    const vouching = first.filter((reply) => reply.result === result);
    if (vouching.length >= quorumsIn(c).weak) {
      const replicas = vouching.map(({ replica }) => replica);
      return {
        result,
        view: defined(supportedView(c, vouching), 'f + 1 replies support a view'),
        replicas,
      };
    }
  }
  return undefined;
}

/**
 * The highest view that f + 1 different replicas have reached by their own words: a correct one is there.
 * The highest view claimed may be a lie.
 */
export function supportedView(c: Configuration, replies: Iterable<Reply>): View | undefined {
  const views = firstOfEach(replies).map(({ view }) => view);
  return views.sort((a, b) => b - a)[quorumsIn(c).weak - 1];
}

function firstOfEach(replies: Iterable<Reply>): readonly Reply[] {
  const byReplica = new Map<ReplicaId, Reply>();
  for (const reply of replies) {
    if (!byReplica.has(reply.replica)) byReplica.set(reply.replica, reply);
  }
  return [...byReplica.values()];
}
