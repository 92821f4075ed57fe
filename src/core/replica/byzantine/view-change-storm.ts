import type { ViewChange } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import { sequenceNumber, view } from '#core/pbft/terms.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { isOwn, type Misdeed, misbehaved, type Villain } from './misdeed.ts';

/** How far away the views are that it asks for beside STATUS. */
const farAway = 1_000_000_000;

/** A-V1: asks for the next view with each of its votes, and for one far away with each STATUS. */
export function viewChangeStorm(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  const storm: Outgoing[] = [];
  const sent = outgoing.flatMap((message) => {
    const { body } = message.packet.signed;
    const isVote = body.type === 'prepare' || body.type === 'commit' || body.type === 'pre-prepare';
    if (!isOwn(villain, message) || (!isVote && body.type !== 'status')) return [message];
    const wanted: ViewChange = {
      type: 'view-change',
      nextView: view(body.view + (isVote ? 1 : farAway)),
      stable: sequenceNumber(0),
      checkpoints: [],
      prepared: [],
      replica: villain.id,
    };
    const gust = { to: message.to, packet: { signed: own(wanted, villain.id) } };
    storm.push(gust);
    return [message, gust];
  });
  return {
    outgoing: sent,
    reports: misbehaved('view-change-storm', 'asks without reason with', storm),
  };
}
