import type { Prepare } from '#core/pbft/message.ts';
import type { Behaviour, Outgoing } from '#core/replica/process.ts';

import { isOwn, type Misdeed, misbehaved, type Villain } from './misdeed.ts';
import { fittingCommit } from './second-proposal.ts';

/**
 * A-X1: votes, before each replica, for what its partner has proposed to that replica, PREPARE and COMMIT at
 * once. Where the partner has proposed nothing, it votes as a correct replica would.
 */
export function collude(
  villain: Villain,
  confided: Behaviour['confided'],
  outgoing: readonly Outgoing[],
): Misdeed {
  const obliging: Outgoing[] = [];
  const sent = outgoing.flatMap((message) => {
    const { body } = message.packet.signed;
    if (!isOwn(villain, message)) return [message];
    if (body.type !== 'prepare' && body.type !== 'commit') return [message];
    const { view, sequence } = body;
    const given = confided?.findLast(
      (told) => told.to === message.to && told.view === view && told.sequence === sequence,
    );
    if (given === undefined) return [message];
    if (body.type === 'commit' && body.digest === given.digest) return [message];
    obliging.push(message);
    const vote = { ...body, digest: given.digest };
    const obliged = { ...message, packet: { signed: { ...message.packet.signed, body: vote } } };
    if (vote.type === 'commit') return [obliged];
    return [obliged, fittingCommit(villain, message, proposalBehind(vote))];
  });
  return { outgoing: sent, reports: misbehaved('collude', 'obliges its partner with', obliging) };
}

function proposalBehind({ view, sequence, digest }: Prepare): Parameters<typeof fittingCommit>[2] {
  return { type: 'pre-prepare', view, sequence, digest };
}
