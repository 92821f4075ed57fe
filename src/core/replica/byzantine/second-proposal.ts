import { digestOfBatch } from '#core/pbft/digest.ts';
import type { Batch, PrePrepare } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import type { Outgoing } from '#core/replica/process.ts';

import type { Villain } from './misdeed.ts';

/** Another batch at the same place, and at once the COMMIT that fits. */
export function secondProposal(
  villain: Villain,
  message: Outgoing,
  first: PrePrepare,
  batch: Batch,
): readonly Outgoing[] {
  const digest = digestOfBatch(villain.configuration, batch);
  const body: PrePrepare = { ...first, digest };
  const signed = { ...message.packet.signed, body };
  return [
    {
      to: message.to,
      packet: { ...message.packet, signed, ...(message.packet.batch && { batch }) },
    },
    fittingCommit(villain, message, body),
  ];
}

/** The COMMIT for a proposal: the correct replica inside would never prepare two. */
export function fittingCommit(
  villain: Villain,
  { to }: Outgoing,
  { view, sequence, digest }: PrePrepare,
): Outgoing {
  const body = { type: 'commit', view, sequence, digest, replica: villain.id } as const;
  return { to, packet: { signed: own(body, villain.id) } };
}
