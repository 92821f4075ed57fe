import { primaryOf } from '#core/pbft/quorum.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { isOwn, type Misdeed, misbehaved, upperHalf, type Villain } from './misdeed.ts';
import { fittingCommit, secondProposal } from './second-proposal.ts';

/**
 * A-P1: as primary, gives two valid batches to every place in the order: the pending one, and to the
 * backups in `split` the same without its first request. Each side gets the COMMIT that fits, at once,
 * since the correct replica inside would never prepare both.
 */
export function equivocate(
  villain: Villain,
  split: readonly number[] | undefined,
  outgoing: readonly Outgoing[],
): Misdeed {
  const other = split ?? upperHalf(villain.configuration.n);
  const contradicted: Outgoing[] = [];
  const sent = outgoing.flatMap((message) => {
    const { body } = message.packet.signed;
    if (!isOwn(villain, message) || !('view' in body)) return [message];
    if (primaryOf(body.view, villain.configuration.n) !== villain.id) return [message];
    if (body.type === 'commit') return [];
    if (body.type !== 'pre-prepare') return [message];
    const batch = message.packet.batch ?? villain.batchOf(body.digest);
    if (batch === undefined || typeof message.to !== 'number' || !other.includes(message.to)) {
      return [message, fittingCommit(villain, message, body)];
    }
    contradicted.push(message);
    return secondProposal(villain, message, body, batch.slice(1));
  });
  const reports = misbehaved('equivocate', 'proposes another batch in its', contradicted);
  return { outgoing: sent, reports };
}
