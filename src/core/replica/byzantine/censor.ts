import { primaryOf } from '#core/pbft/quorum.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { isOwn, type Misdeed, misbehaved, type Villain } from './misdeed.ts';
import { secondProposal } from './second-proposal.ts';

/** A-P7: as primary, serves everybody but one client, whose requests it leaves out of its batches. */
export function censor(villain: Villain, client: number, outgoing: readonly Outgoing[]): Misdeed {
  const censored: Outgoing[] = [];
  const sent = outgoing.flatMap((message) => {
    const { body } = message.packet.signed;
    if (!isOwn(villain, message) || body.type !== 'pre-prepare') return [message];
    if (primaryOf(body.view, villain.configuration.n) !== villain.id) return [message];
    const batch = message.packet.batch ?? villain.batchOf(body.digest) ?? [];
    const rest = batch.filter((request) => request.body.client !== client);
    if (rest.length === batch.length) return [message];
    censored.push(message);
    return secondProposal(villain, message, body, rest);
  });
  return {
    outgoing: sent,
    reports: misbehaved('censor', `leaves client ${client} out of`, censored),
  };
}
