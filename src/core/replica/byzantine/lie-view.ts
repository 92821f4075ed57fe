import type { Message } from '#core/pbft/message.ts';
import { view } from '#core/pbft/terms.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { falsifying, type Misdeed, type Villain } from './misdeed.ts';

/** A-C7: tells clients of a view that nobody is in. */
export function lieView(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  return falsifying(
    villain,
    { behaviour: 'lie-view', deed: 'claims a far view in its' },
    outgoing,
    falsify,
  );
}

function falsify(body: Message): Message | undefined {
  return body.type === 'reply' ? { ...body, view: view(body.view + farAway) } : undefined;
}

const farAway = 1_000_000_000;
