import type { Message } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { falsifying, inventedDigest, type Misdeed, type Villain } from './misdeed.ts';

/**
 * A-P9, A-B7: votes for a digest that nobody proposed; as primary, proposes a batch under a digest that is
 * not its own.
 */
export function wrongDigest(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  const deed = 'puts a digest that nobody proposed into';
  return falsifying(villain, { behaviour: 'wrong-digest', deed }, outgoing, falsify);
}

function falsify(body: Message): Message | undefined {
  if (body.type !== 'pre-prepare' && body.type !== 'prepare' && body.type !== 'commit') {
    return undefined;
  }
  return { ...body, digest: inventedDigest(body.digest) };
}
