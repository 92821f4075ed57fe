import type { Configuration } from '#core/pbft/configuration.ts';
import { signingInput } from '#core/pbft/signing.ts';
import type { AuditItem } from '#core/replica/audit.ts';
import { badCertificatesIn, foreignIn } from '#core/simulation/certificate-audit.ts';

import type { KeyRing } from './crypto/key-ring.ts';

/** Verifies every stored certificate from scratch (I14). The answer names, in words, those that prove nothing. */
export async function badCertificates(
  items: readonly AuditItem[],
  configuration: Configuration,
  keys: KeyRing,
): Promise<readonly string[]> {
  const messages = items.flatMap(foreignIn);
  const verdicts = await Promise.all(
    messages.map(({ signer, body, signature }) =>
      keys.verify(signer, signingInput(configuration, body), signature),
    ),
  );
  const good = new Set(messages.filter((_, i) => verdicts[i] === true));
  return badCertificatesIn(items, (message) => good.has(message));
}
