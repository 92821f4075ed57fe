import type { Message } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { falsifying, inventedDigest, type Misdeed, type Villain } from './misdeed.ts';

/** A-K1: claims another state than it has in every CHECKPOINT. */
export function lieCheckpoint(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  return falsifying(
    villain,
    { behaviour: 'lie-checkpoint', deed: 'claims another state in its' },
    outgoing,
    falsify,
  );
}

function falsify(body: Message): Message | undefined {
  if (body.type !== 'checkpoint') return undefined;
  return { ...body, digest: inventedDigest(body.digest) };
}
