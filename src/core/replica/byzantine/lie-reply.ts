import type { Message } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { falsifying, type Misdeed, type Villain } from './misdeed.ts';

/** A-C6: tells clients other results than the state gives. */
export function lieReply(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  return falsifying(
    villain,
    { behaviour: 'lie-reply', deed: 'invents the result in its' },
    outgoing,
    falsify,
  );
}

function falsify(body: Message): Message | undefined {
  return body.type === 'reply' ? { ...body, result: `not ${body.result}` } : undefined;
}
