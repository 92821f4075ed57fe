import type { Message, Signed } from '#core/pbft/message.ts';
import type { AuditItem } from '#core/replica/audit.ts';

/**
 * What is bad about the stored certificates that prove nothing (I14), in words that are the same in every host.
 * `verifies` is the verdict on a signature, made from scratch.
 */
export function badCertificatesIn(
  items: readonly AuditItem[],
  verifies: (message: Signed<Message>) => boolean,
): readonly string[] {
  return items.flatMap(({ what, problem, ...item }) => {
    if (problem !== undefined) return [`${what}: ${problem}`];
    const forged = foreignIn(item).find((message) => !verifies(message));
    return forged === undefined ? [] : [`${what}: a signature of ${forged.signer} does not verify`];
  });
}

/** What others have signed of it: a process's own messages lie unsigned in its state, and are signed when they leave. */
export function foreignIn({ messages }: Pick<AuditItem, 'messages'>): readonly Signed<Message>[] {
  return messages.filter(({ signature }) => signature !== 'own');
}
