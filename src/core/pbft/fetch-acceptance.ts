import { isBodyOf } from './digest.ts';
import type { BodyData, EchoData, Fetch, Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { Standing } from './standing.ts';
import { rejectionOfSignatures, rejectionOfSigner } from './standing.ts';

/** The checks on a FETCH. Undefined: it is answered, as far as the asked thing is here. */
export function rejectionOfFetch(
  standing: Standing,
  fetch: Signed<Fetch>,
  verdicts: readonly boolean[],
): Rejection | undefined {
  if (fetch.signer === standing.id) return 'own-message';
  return rejectionOfSigner(standing.configuration, fetch) ?? rejectionOfSignatures(verdicts);
}

/**
 * The checks on DATA that is a batch: wanted, and the one that the digest names. A batch with a client's
 * signature that fails is fetched elsewhere, although its digest is right.
 */
export function rejectionOfBody(
  standing: Standing,
  data: Signed<BodyData>,
  verdicts: readonly boolean[],
  wanted: boolean,
): Rejection | undefined {
  const { body, signer } = data;
  const c = standing.configuration;
  if (signer === standing.id) return 'own-message';
  if (!wanted) return 'unwanted';
  const rejection = rejectionOfSigner(c, data) ?? rejectionOfSignatures(verdicts);
  return rejection ?? (isBodyOf(c, body.digest, body.batch) ? undefined : 'wrong-body');
}

/**
 * The checks on DATA that echoes this replica's own words after a restart (pbft.md 1.16). Undefined: its sender
 * has answered, and each message in it is compared with the record (`provesOlderStore`).
 */
export function rejectionOfEcho(
  standing: Standing,
  data: Signed<EchoData>,
  verdicts: readonly boolean[],
  incarnation: number,
): Rejection | undefined {
  const { body, signer } = data;
  if (signer === standing.id) return 'own-message';
  if (body.incarnation !== incarnation) return 'unwanted';
  const rejection =
    rejectionOfSigner(standing.configuration, data) ?? rejectionOfSignatures(verdicts);
  if (rejection) return rejection;
  return body.messages.every((message) => message.signer === standing.id) ? undefined : 'bad-echo';
}
