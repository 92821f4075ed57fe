import type { Configuration } from './configuration.ts';
import type { Request, Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import { processOfClient } from './signed.ts';
import { rejectionOfSignatures } from './standing.ts';
import type { Timestamp } from './terms.ts';

/** What a replica knows of the client that a request names. */
export interface ClientHistory {
  /** The timestamp of its last request executed, from the client table. */
  readonly served?: Timestamp | undefined;
  /** Its request that waits, from the queue. */
  readonly waiting?: Signed<Request> | undefined;
}

/**
 * The checks of §4.1 on a REQUEST. Undefined: it joins the queue. `answered-request`: its reply is sent
 * again; being acted upon, that reason comes after the signature.
 */
export function rejectionOfRequest(
  c: Configuration,
  request: Signed<Request>,
  verdicts: readonly boolean[],
  { served, waiting }: ClientHistory,
): Rejection | undefined {
  const { timestamp } = request.body;
  if (served !== undefined && timestamp < served) return 'stale-request';
  if (waiting !== undefined && timestamp <= waiting.body.timestamp) {
    return isSame(request.body, waiting.body) ? 'duplicate' : 'superseded-request';
  }
  const rejection = rejectionOfClient(c, request) ?? rejectionOfSignatures(verdicts);
  if (rejection) return rejection;
  return timestamp === served ? 'answered-request' : undefined;
}

/** A request is its client's own, and the client is one of this cluster. */
export function rejectionOfClient(
  c: Configuration,
  { signer, body: { client } }: Signed<Request>,
): Rejection | undefined {
  if (client >= c.clients) return 'unknown-client';
  if (signer !== processOfClient(client)) return 'wrong-signer';
  return undefined;
}

function isSame(a: Request, b: Request): boolean {
  return a.timestamp === b.timestamp && a.operation === b.operation && a.client === b.client;
}
