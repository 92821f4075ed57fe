import type { Outgoing } from '#core/replica/process.ts';

import { type Misdeed, misbehaved } from './misdeed.ts';

/** A-B2: says everything three times. */
export function replay(outgoing: readonly Outgoing[]): Misdeed {
  return {
    outgoing: outgoing.flatMap((message) => [message, message, message]),
    reports: misbehaved('replay', 'repeats', outgoing),
  };
}
