import type { Outgoing } from '#core/replica/process.ts';

import { isOwn, type Misdeed, misbehaved, type Villain } from './misdeed.ts';

/**
 * A-S6, and the attack of the Twins paper: two instances have one key, and neither of them lies. What misleads others is
 * that the second speaks as well.
 */
export function twin(villain: Villain, isSecond: boolean, outgoing: readonly Outgoing[]): Misdeed {
  const own = isSecond ? outgoing.filter((message) => isOwn(villain, message)) : [];
  return { outgoing, reports: misbehaved('twin', 'says as well', own) };
}
