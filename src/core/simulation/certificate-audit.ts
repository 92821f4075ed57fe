import type { Configuration } from '#core/pbft/configuration.ts';
import { signingInput } from '#core/pbft/signing.ts';
import type { AuditItem } from '#core/replica/audit.ts';

import type { Crypto } from './crypto.ts';

/** Verifies stored certificates from scratch, and says what is bad about those that prove nothing. */
export function badCertificatesIn(
  items: readonly AuditItem[],
  c: Configuration,
  crypto: Crypto,
): readonly string[] {
  return items.flatMap(({ what, messages, problem }) => {
    if (problem !== undefined) return [`${what}: ${problem}`];
    const forged = messages.find(
      ({ body, signer, signature }) =>
        signature !== 'own' && !crypto.verify(signer, signingInput(c, body), signature),
    );
    return forged === undefined ? [] : [`${what}: a signature of ${forged.signer} does not verify`];
  });
}
