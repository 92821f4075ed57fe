import type { Commit, Prepare, ProcessId } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { inventedDigest, isOwn, type Misdeed, misbehaved, type Villain } from './misdeed.ts';

/**
 * A-B1: votes twice in PREPARE and COMMIT, for what was proposed and for a digest of its own making. The
 * lower half of the other replicas gets the first vote, the upper half the second, and the replica where
 * the halves meet gets both: it can prove the contradiction.
 */
export function doubleVote(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  const others = Array.from({ length: villain.configuration.n }, (_, i) => i).filter(
    (i) => i !== villain.id,
  );
  const meeting = Math.floor(others.length / 2);
  const witness = others[meeting];
  const upper: readonly ProcessId[] = others.slice(meeting);
  const contradicted: Outgoing[] = [];

  const sent = outgoing.flatMap((message) => {
    const vote = voteIn(villain, message);
    if (vote === undefined || !upper.includes(message.to)) return [message];
    const contradiction = contradict(message, vote);
    contradicted.push(message);
    return message.to === witness ? [message, contradiction] : [contradiction];
  });
  return { outgoing: sent, reports: misbehaved('double-vote', 'contradicts', contradicted) };
}

function voteIn(villain: Villain, message: Outgoing): Prepare | Commit | undefined {
  const { body } = message.packet.signed;
  if (!isOwn(villain, message)) return undefined;
  return body.type === 'prepare' || body.type === 'commit' ? body : undefined;
}

function contradict({ to, packet }: Outgoing, vote: Prepare | Commit): Outgoing {
  const body = { ...vote, digest: inventedDigest(vote.digest) };
  return { to, packet: { signed: { ...packet.signed, body } } };
}
