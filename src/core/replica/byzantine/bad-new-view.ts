import type { Message } from '#core/pbft/message.ts';
import type { Outgoing } from '#core/replica/process.ts';

import { falsifying, type Misdeed, type Villain } from './misdeed.ts';

/** A-V7, A-V8: as new primary, leaves out the last place of O, or else a VIEW-CHANGE of V. */
export function badNewView(villain: Villain, outgoing: readonly Outgoing[]): Misdeed {
  return falsifying(villain, 'bad-new-view', 'leaves something out of its', outgoing, falsify);
}

function falsify(body: Message): Message | undefined {
  if (body.type !== 'new-view') return undefined;
  return body.prePrepares.length > 0
    ? { ...body, prePrepares: body.prePrepares.slice(0, -1) }
    : { ...body, viewChanges: body.viewChanges.slice(1) };
}
