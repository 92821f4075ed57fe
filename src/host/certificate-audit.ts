import type { Configuration } from '#core/pbft/configuration.ts';
import { signingInput } from '#core/pbft/signing.ts';
import type { AuditItem } from '#core/replica/audit.ts';

import type { KeyRing } from './crypto/key-ring.ts';

/** Verifies every stored certificate from scratch (I14). The answer names, in words, those that prove nothing. */
export async function badCertificates(
  items: readonly AuditItem[],
  configuration: Configuration,
  keys: KeyRing,
): Promise<readonly string[]> {
  const problems = await Promise.all(
    items.map(async ({ what, messages, problem }) => {
      if (problem !== undefined) return [`${what}: ${problem}`];
      // Its own messages lie unsigned in its state: they are signed when they leave.
      const foreign = messages.filter(({ signature }) => signature !== 'own');
      const verdicts = await Promise.all(
        foreign.map(({ signer, body, signature }) =>
          keys.verify(signer, signingInput(configuration, body), signature),
        ),
      );
      return verdicts.every(Boolean) ? [] : [`${what}: bad-signature`];
    }),
  );
  return problems.flat();
}
