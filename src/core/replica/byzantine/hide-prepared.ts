import type { Message } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { falsifying, type Misdeed, type Villain } from './misdeed.ts';

/** A-V4: hides what has prepared from every VIEW-CHANGE. */
export function hidePrepared(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  return falsifying(
    villain,
    { behaviour: 'hide-prepared', deed: 'hides what has prepared in its' },
    outgoing,
    falsify,
  );
}

function falsify(body: Message): Message | undefined {
  return body.type === 'view-change' ? { ...body, prepared: [] } : undefined;
}
